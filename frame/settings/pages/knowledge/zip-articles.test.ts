import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readFrontMatter } from './front-matter.ts';
import { zipArticles } from './zip-articles.ts';

test('packs every article as a Markdown file that reads back the same', async () => {
  const saved = {
    version: 3,
    savedAt: '2026-03-12T14:02:00.000Z',
    savedBy: { subject: 'ada', role: 'owner' },
  } as const;
  const blob = zipArticles([
    { ...saved, slug: 'hours', title: 'Öffnungszeiten: “neu”', body: 'Ab 9 Uhr.\n', url: 'https://shop.example/hours' },
    { ...saved, slug: 'sizes', title: 'Sizes', body: 'S' },
  ]);
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['hours.md', 'sizes.md']);
  expect(readFrontMatter(strFromU8(files['hours.md'] ?? new Uint8Array()))).toEqual({
    matter: { title: 'Öffnungszeiten: “neu”', url: 'https://shop.example/hours' },
    body: 'Ab 9 Uhr.\n',
  });
});
