import { describe, expect, it } from 'vitest';
import type { ModelRequest, Passage } from '../model-gateway.ts';
import { createKnowledgeGateway } from './knowledge-gateway.ts';

const passage = (text: string, over: Partial<Passage> = {}): Passage => ({
  articleTitle: 'Article',
  headings: [],
  text,
  score: 1,
  ...over,
});

async function answer(question: string, knowledge: readonly Passage[], over: Partial<ModelRequest> = {}) {
  const request = {
    instructions: '',
    messages: [{ role: 'visitor', text: question }] as const,
    knowledge,
    context: [],
    contact: '',
    locale: 'en',
    temperature: 0,
    signal: new AbortController().signal,
    ...over,
  };
  let text = '';
  const citations = [];
  for await (const event of createKnowledgeGateway().streamReply(request)) {
    if (event.type === 'text') text += event.text;
    else citations.push(event.citation);
  }
  return { text, citations };
}

describe('an answer without a model', () => {
  it('quotes the best passage whole, under its heading, with its number', async () => {
    const shipping = passage('Two days.\n\nOn islands a week.', { headings: ['Shipping', 'How long?'] });
    const { text, citations } = await answer('How long is shipping?', [shipping]);
    expect(text).toBe('**How long?**\n\nTwo days.\n\nOn islands a week. [1]');
    expect(citations).toEqual([{ number: 1, title: 'Article › How long?', excerpt: 'Two days. On islands a week.' }]);
  });

  it('puts the number where it can be read: not into code or a table, nor after a colon', async () => {
    const numbered = async (text: string) => (await answer('x', [passage(text)])).text;
    expect(await numbered('Run this:\n\n```\nnpm start\n```')).toBe('Run this [1]:\n\n```\nnpm start\n```');
    expect(await numbered('```\nnpm start\n```')).toBe('```\nnpm start\n```\n\n[1]');
    expect(await numbered('| a | b |\n|---|---|\n| c | d |')).toBe('| a | b |\n|---|---|\n| c | d |\n\n[1]');
    expect(await numbered('- one\n- two')).toBe('- one\n- two [1]');
    expect((await answer('x', [passage('Run this:\n\n```\nnpm start\n```')])).citations).toHaveLength(1);
    expect(await numbered('It is so.\n\n```\ncode\n```')).toBe('It is so. [1]\n\n```\ncode\n```');
  });

  it('adds of other passages only sentences that are about most of the question', async () => {
    const { text, citations } = await answer('How long does shipping take?', [
      passage('Two days.'),
      passage('Parcels are brown. Shipping to islands can take a week. We like islands.'),
      passage('Take care of jackets.'),
    ]);
    expect(text).toBe('Two days. [1]\n\nShipping to islands can take a week. [2]');
    expect(citations.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('says that it is not sure when a passage covers only a part of the question', async () => {
    const { text } = await answer('Shipping to islands on Sundays?', [
      passage('Shipping takes two days.', { score: 0.5 }),
    ]);
    expect(text).toMatch(/^I am not sure .*\n\nShipping takes two days\. \[1\]$/);
  });

  it('does not take numbers in an article for its own', async () => {
    const { text } = await answer('x', [passage('As shown [2], and in `list[1]`.')]);
    expect(text).toContain('As shown (2)');
  });

  it('shows of a long table the rows about the question', async () => {
    const rows = Array.from(
      { length: 12 },
      (_, index) => `| \`NAME_${index}\` | ${index === 7 ? 'the colour' : 'other'} |`,
    );
    const { text } = await answer('Which is the colour?', [
      passage(['| name | what |', '|---|---|', ...rows].join('\n')),
    ]);
    expect(text).toBe('| name | what |\n|---|---|\n| `NAME_7` | the colour |\n\n[1]');
  });

  it.each([
    ['What is the weather in Paris?', 'en', /^I found nothing about that/],
    ['Wie ist das Wetter in Paris?', 'en', /^Dazu habe ich .* nichts gefunden/],
    ['Météo Paris', 'fr-CA', /^Je n'ai rien trouvé/],
    ['Weather?', 'sw', /^I found nothing about that/],
  ])('admits that it found nothing: %s (%s)', async (question, locale, words) => {
    const { text, citations } = await answer(question, [], { locale });
    expect(text).toMatch(words);
    expect(citations).toEqual([]);
  });

  it('then tells where to turn, if the company said so', async () => {
    const contact = 'Write to help@shop.example';
    expect((await answer('Weather in Paris?', [], { contact })).text).toMatch(/\n\nWrite to help@shop\.example$/);
    expect((await answer('Weather in Paris?', [])).text).not.toContain('\n');
  });

  it('asks back when it was asked nothing', async () => {
    expect((await answer('Hello?', [], { contact: 'Write to us' })).text).toMatch(/^What would you like to know\?/);
  });
});
