import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTallies } from '../../../server/store/analytics.ts';
import { analyticsSchema } from '../../../shared/analytics-api.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { askFrame } from '../../support/frame-visitor.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { createWatched, SHOP, type Watched } from './analytics-setup.ts';

let casement: Casement;
let watched: Watched;

beforeAll(async () => {
  casement = await startCasement();
  watched = await createWatched(casement);
  const hours = [
    '2026-03-28T22:30Z',
    '2026-03-28T23:10Z',
    '2026-03-29T21:59Z',
    '2026-03-29T22:00Z',
    '2026-03-30T00:00Z',
  ];
  for (const at of hours) {
    const hour = new Date(at);
    hour.setUTCMinutes(0);
    const counts = { messages: 2, replies: 1 };
    const tally = { widgetId: watched.id, hour, origin: SHOP, counts };
    expect(await addTallies([tally])).toEqual([]);
  }
});
afterAll(() => casement.stop());

const RANGE = 'from=2026-03-28T22:00:00Z&to=2026-03-30T02:00:00Z';

describe('the question', () => {
  test('by hour has every hour, also those in which nothing happened', async () => {
    const { series, totals, unit, timeZone } = await watched.analytics(`?${RANGE}&unit=hour`);
    expect([series.length, unit, timeZone, totals.messages]).toEqual([28, 'hour', 'UTC', 10]);
    expect(series.map(({ counts }) => counts.messages).join('')).toBe(`22${'0'.repeat(21)}22020000`.slice(0, 28));
    expect(series[0]?.at).toBe('2026-03-28T22:00:00.000Z');
  });

  test('by day cuts at midnight of the time zone, also when clocks change', async () => {
    const days = async (timeZone: string) => {
      const { series } = await watched.analytics(`?${RANGE}&unit=day&timeZone=${encodeURIComponent(timeZone)}`);
      return series.map(({ at, counts }) => [at.slice(0, 13), counts.messages]);
    };
    expect(await days('UTC')).toEqual([
      ['2026-03-28T22', 4],
      ['2026-03-29T00', 4],
      ['2026-03-30T00', 2],
    ]);
    // The 29th has 23 hours in Berlin.
    expect(await days('Europe/Berlin')).toEqual([
      ['2026-03-28T22', 2],
      ['2026-03-28T23', 4],
      ['2026-03-29T22', 4],
    ]);
  });

  test('without a time is about the last 30 days, the current hour included', async () => {
    await askFrame(casement, { publicKey: watched.publicKey, origin: SHOP });
    const askedAt = Date.now();
    const { series, to } = await watched.analytics();
    expect(series.length).toBe(30);
    expect(series.at(-1)?.counts.frames).toBe(1);
    expect(Date.parse(to)).toBeGreaterThan(askedAt - 1_000);
    const hours = await watched.analytics('?unit=hour');
    expect(hours.series.length).toBe(24);
    expect(hours.series.at(-1)?.counts.frames).toBe(1);
  });

  test.each([
    ['unit=week', 'unit'],
    ['from=yesterday', 'from'],
    ['from=2026-13-01T00:00:00Z', 'from'],
    ['from=2026-02-30T00:00:00Z', 'from'],
    ['to=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z', 'from'],
    ['from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z', 'from'],
    ['unit=hour&from=2026-01-01T00:00:00Z&to=2026-04-01T00:00:00Z', 'from'],
    ['timeZone=Europe/Atlantis', 'timeZone'],
    ['origin=https://shop.example', 'origin'],
    ['unit=day&unit=hour', 'unit'],
  ])('is refused for "%s"', async (query, field) => {
    const { status, json } = await watched.ask(`/analytics?${query}`);
    expect([status, json.error.code, json.error.field]).toEqual([400, 'INVALID_REQUEST', field]);
  });

  test.each([
    ['owner', 200],
    ['admin', 200],
    ['editor', 200],
    ['viewer', 200],
    ['service', 403],
  ] as const)('of a caller with the role %s is answered %i', async (role, status) => {
    expect((await watched.ask('/analytics', role)).status).toBe(status);
  });
});

test('counts belong to the hour in which they were counted', async () => {
  const clock = createMovingClock();
  await casement.stop();
  casement = await startCasement({ clock });
  watched = await createWatched(casement);
  const before = new Date(clock.now());
  await askFrame(casement, { publicKey: watched.publicKey, origin: SHOP });
  clock.advance(3_600);
  await askFrame(casement, { publicKey: watched.publicKey, origin: SHOP });
  const found = await casement.store.collection('widget_analytics').countDocuments({ widgetId: watched.id });
  expect(found).toBe(0);
  const from = new Date(before.setUTCMinutes(0, 0, 0)).toISOString();
  const to = clock.now().toISOString();
  const token = await signAdminToken({ company: watched.companyId }, { exp: clock.now().getTime() / 1000 + 300 });
  const path = `/analytics?unit=hour&from=${from}&to=${to}`;
  const { json } = await askAdmin(casement, { company: watched.companyId }, { path, token });
  const { series } = v.parse(analyticsSchema, json);
  expect(series.map(({ counts }) => counts.frames)).toEqual([1, 1]);
});
