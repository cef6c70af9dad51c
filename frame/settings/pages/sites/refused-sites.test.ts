import { expect, test } from 'vitest';
import { refusedSites } from './refused-sites.ts';

test('a site that tried in several ways is one row, and a broken rule of the frame is no attempt', () => {
  const attempt = { blocked: '', firstSeenAt: '2026-01-01T00:00:00.000Z' };
  const rows = refusedSites({
    attempts: [
      { ...attempt, what: 'frame', embedder: 'https://a.example', count: 2, lastSeenAt: '2026-01-02T00:00:00.000Z' },
      {
        ...attempt,
        what: 'configuration',
        embedder: 'https://b.example',
        count: 1,
        lastSeenAt: '2026-01-04T00:00:00.000Z',
      },
      {
        ...attempt,
        what: 'frame-ancestors',
        embedder: 'https://a.example',
        count: 3,
        lastSeenAt: '2026-01-03T00:00:00.000Z',
      },
      { ...attempt, what: 'img-src', embedder: 'https://c.example', count: 9, lastSeenAt: '2026-01-09T00:00:00.000Z' },
    ],
  });
  expect(rows).toEqual([
    { embedder: 'https://b.example', count: 1, lastSeenAt: '2026-01-04T00:00:00.000Z' },
    { embedder: 'https://a.example', count: 5, lastSeenAt: '2026-01-03T00:00:00.000Z' },
  ]);
});
