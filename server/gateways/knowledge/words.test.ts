import { describe, expect, it } from 'vitest';
import { languageOf } from './stop-words.ts';
import { contentWordsOf, stemOf, wordsOf } from './words.ts';

describe('the words of a text', () => {
  it.each([
    ["It's Casement’s café, v2.0!", ['its', 'casements', 'cafe', 'v2', '0']],
    ['AI_BASE_URL', ['ai', 'base', 'url']],
    ['Größe der Schlüssel', ['große', 'der', 'schlussel']],
    ['¿Cuánto cuesta?', ['cuanto', 'cuesta']],
    ['👋 — …', []],
  ])('in %j are %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are found where none are separated by spaces', () => {
    expect(wordsOf('如何安装插件')).toContain('安装');
  });

  it.each([
    ['How do I embed the widget?', ['embed', 'widget']],
    ['What does Casement cost?', ['casement', 'cost']],
    ['wie baue ich das ein?', ['baue']],
    ['Hello! Can you help me?', []],
    ['and why?', []],
  ])('that %j is about are %j', (question, words) => {
    expect(contentWordsOf(question)).toEqual(words);
  });
});

describe('the stem of a word', () => {
  it.each([
    ['browser', 'browsers'],
    ['embed', 'embedding', 'embedded', 'embeds'],
    ['rotate', 'rotation', 'rotates', 'rotated'],
    ['reply', 'replies'],
    ['process', 'processes'],
    ['store', 'stored', 'stores'],
    ['support', 'supported'],
  ])('is the same for %s and its relatives', (...words) => {
    expect(new Set(words.map(stemOf)).size).toBe(1);
  });

  it.each([
    ['port', 'portal'],
    ['key', 'keen'],
    ['status', 'state'],
    ['v1', 'v2'],
  ])('differs for %s and %s', (one, other) => {
    expect(stemOf(one)).not.toBe(stemOf(other));
  });
});

describe('the language of a question', () => {
  it.each([
    ['How do I do that?', 'en'],
    ['Wie kann ich das einbauen?', 'de'],
    ['Comment est-ce que je peux faire ça ?', 'fr'],
    ['¿Cómo puedo hacer esto con mi tienda?', 'es'],
    ['widget', undefined],
  ])('of %j is %s', (question, language) => {
    expect(languageOf(wordsOf(question))).toBe(language);
  });
});
