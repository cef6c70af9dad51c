import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocumentation } from '../../demo/read-documentation.ts';
import { createPassageIndex, type PassageSearch } from './passage-index.ts';

const SHOP = [
  {
    title: 'Shipping',
    body: '## How long does shipping take?\n\nTwo working days.\n\n## What does shipping cost?\n\nNothing over 50 euros, else five.',
  },
  { title: 'Returns', body: 'Send everything back within 30 days.\n\n## Who pays?\n\nWe pay for the parcel.' },
  {
    title: 'Sailing jackets',
    body: 'Our jackets are waterproof and made in Portugal.\n\n## Care\n\nWash at 30 degrees.',
  },
  {
    title: 'About us',
    body: 'We are a small shop in a harbour. Our boats and jackets are for every weather but storms.',
  },
];

let shop: PassageSearch;
let documentation: PassageSearch;

beforeAll(async () => {
  shop = await createPassageIndex(SHOP);
  const repository = fileURLToPath(new URL('../../..', import.meta.url));
  documentation = await createPassageIndex(await readDocumentation(repository));
});

const find = (search: PassageSearch, ...questions: readonly string[]) =>
  search(questions.map((text) => ({ role: 'visitor', text })));

describe('a search', () => {
  it.each([
    ['How long does shipping take?', 'Two working days.'],
    ['Was kostet der Versand?', 'Nothing over 50 euros'],
    ['delivery price?', 'Nothing over 50 euros'],
    ['Can I return it?', '30 days'],
    ['are the jackets waterprof', 'waterproof'],
    ['jacket', 'waterproof'],
    ['washing', '30 degrees'],
  ])('for %j finds %j first', (question, words) => {
    expect(find(shop, question)[0]?.text).toContain(words);
  });

  it.each([
    'What is the capital of France?',
    'Can you write me a poem about dragons?',
    'Is there a discount for students in Berlin?',
    'hello',
    '',
    '???',
  ])('for %j finds nothing', (question) => {
    expect(find(shop, question)).toEqual([]);
  });

  it('takes a question that says nothing by itself for one about what came before', () => {
    expect(find(shop, 'What does shipping cost?', 'And why?')[0]?.text).toContain('Nothing over 50 euros');
    expect(find(shop, 'What does shipping cost?', 'And jackets?')[0]?.text).toContain('waterproof');
  });

  it('says how much of the question a passage covers, best first, at most six', () => {
    const passages = find(shop, 'jackets');
    expect(passages.length).toBeLessThanOrEqual(6);
    for (const { score } of passages) expect(score).toBeGreaterThan(0.5);
    for (const { score } of passages) expect(score).toBeLessThanOrEqual(1);
  });

  it('finds nothing where there is nothing', async () => {
    expect(find(await createPassageIndex([]), 'How long does shipping take?')).toEqual([]);
  });
});

describe("what a newcomer asks about Casement's own documentation", () => {
  it.each([
    ['What does Casement cost?', 'MIT'],
    ['Was kostet das?', 'MIT'],
    ['Is it free?', 'MIT'],
    ['Which browsers are supported?', 'Safari'],
    ['Does it work in Firefox?', 'Firefox'],
    ['How do I put it on my site?', '<script async'],
    ['How do I embed the widget?', '<script async'],
    ['wie baue ich das ein?', '<script async'],
    ['How do I use my own model?', 'AI_MODEL'],
    ['Can I use Ollama?', 'Ollama'],
    ['Where is my data stored?', 'DATA_DIR'],
    ['Which environment variables are there?', 'LOG_LEVEL'],
    ['What is Casement?', 'one script tag'],
    ['How does the iframe isolation work?', 'allowlist'],
    ['Wie funktioniert die Isolation?', 'allowlist'],
    ['What is the embedded store?', 'MongoDB-compatible'],
    ['Does it set cookies?', 'partitioned'],
    ['What happens on a page with a strict CSP?', 'frame-src'],
    ['Is anything lost when the server restarts?', 'interrupted'],
  ])('is answered: %s', (question, words) => {
    expect(
      find(documentation, question)
        .slice(0, 2)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain(words);
  });

  it.each(['What is the weather in Paris?', 'Who is the president of France?', 'Can I order a pizza?'])(
    'is not answered when it is about something else: %s',
    (question) => {
      expect(find(documentation, question)).toEqual([]);
    },
  );
});
