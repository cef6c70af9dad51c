import { describe, expect, it } from 'vitest';
import { splitArticle } from './split-article.ts';

const split = (body: string, title = 'Guide') => splitArticle({ title, body });
const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

describe('an article', () => {
  it('is split at its headings, and each passage knows those above it', () => {
    const passages = split(
      '# Guide\n\nIntro.\n\n## Install\n\nFirst.\n\n### On Windows\n\nSecond.\n\n## Use\n\nThird.',
    );
    expect(passages.map(({ headings, text }) => [headings, text])).toEqual([
      [[], 'Intro.'],
      [['Install'], 'First.'],
      [['Install', 'On Windows'], 'Second.'],
      [['Use'], 'Third.'],
    ]);
  });

  it('is split between paragraphs where a section is long', () => {
    const passages = split(`${words(80)}\n\n${words(60)}\n\n${words(30)}`);
    expect(passages.map(({ text }) => text.split(/\s+/).length)).toEqual([80, 90]);
  });

  it('keeps code whole, fenced, and together with what introduces it', () => {
    const code = `${words(90)}\n\n${words(90)}`;
    const [fenced] = split(`${words(100)}\n\nRun this:\n\n\`\`\`sh\n${code}\n\`\`\`\n\nAfterwards.`).slice(-2);
    expect(fenced?.text).toBe(`Run this:\n\n\`\`\`\n${code}\n\`\`\``);
    const [indented] = split('So:\n\n    <script src="x"></script>\n\n    more');
    expect(indented?.text).toBe('So:\n\n```\n<script src="x"></script>\n```\n\n```\nmore\n```');
  });

  it('keeps the entries of a list together, with what is below them', () => {
    const [passage] = split('- one\n  goes on\n- two\n\nEnd.');
    expect(passage?.text).toBe('- one\n  goes on\n- two\n\nEnd.');
  });

  it('repeats the head of a long table that is cut between rows', () => {
    const rows = Array.from({ length: 10 }, (_, index) => `| row${index} | ${words(30)} |`);
    const passages = split(['| name | meaning |', '|---|---|', ...rows].join('\n'));
    expect(passages.length).toBeGreaterThan(2);
    for (const { text } of passages) expect(text).toMatch(/^\| name \| meaning \|\n\|---\|---\|\n\| row/);
    expect(passages.flatMap(({ text }) => text.match(/row\d/g))).toHaveLength(10);
  });

  it('leaves out what cannot be quoted: images, HTML, front matter, rules, lists of links within the documentation', () => {
    const body =
      '---\ntitle: x\n---\n![Picture](a.png)\n\n<div>\n\nText.\n\n***\n\n- [Next](next.md)\n- [More](docs/more.md)';
    expect(split(body).map(({ text }) => text)).toEqual(['Text.']);
  });

  it('keeps links that lead somewhere from anywhere, and of others the words', () => {
    const [passage] = split('See [the guide](docs/guide.md) or [the site](https://example.com/a).');
    expect(passage?.text).toBe('See the guide or [the site](https://example.com/a).');
  });

  it('has an address only if that is one of the web', () => {
    const address = (url: string) => splitArticle({ title: 'T', body: 'Text', url })[0]?.url;
    expect(address('https://example.com/t')).toBe('https://example.com/t');
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '/relative', 'https://'])
      expect(address(url)).toBeUndefined();
  });

  it('without words has no passages', () => {
    expect(split('# Guide\n\n\n')).toEqual([]);
  });
});
