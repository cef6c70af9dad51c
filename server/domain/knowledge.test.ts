import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMovingClock } from '../../test/support/moving-clock.ts';
import type { Article } from '../store/knowledge.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';

let articles: readonly Article[];
let version: number;
let reads: number;
let checks: number;
let isAway: boolean;
let clock: ReturnType<typeof createMovingClock>;
let knowledge: Knowledge;

beforeEach(() => {
  articles = [{ slug: 'shipping', title: 'Shipping', body: 'Shipping takes two days.' }];
  version = 1;
  reads = 0;
  checks = 0;
  isAway = false;
  clock = createMovingClock();
  const store = {
    async findArticles() {
      reads++;
      if (isAway) throw new Error('Away');
      return articles;
    },
    findKnowledgeVersion: async () => {
      checks++;
      return version;
    },
  };
  knowledge = createKnowledge(store, clock);
});

const find = async (text: string, widgetId = 'w') =>
  (await knowledge.prepare(widgetId))([{ role: 'visitor', text }])[0]?.text;

describe("a widget's knowledge", () => {
  it('is read once for many questions', async () => {
    const found = await Promise.all(Array.from({ length: 10 }, () => find('shipping')));
    expect(new Set(found)).toEqual(new Set(['Shipping takes two days.']));
    expect(reads).toBe(1);
  });

  it('is new for the questions a second after a change', async () => {
    await find('shipping');
    articles = [{ slug: 'shipping', title: 'Shipping', body: 'Shipping takes a week.' }];
    version++;
    clock.advance(1);
    expect(await find('shipping')).toBe('Shipping takes a week.');
    expect(reads).toBe(2);
  });

  it('is not asked for changes more than once a second', async () => {
    for (let question = 0; question < 5; question++) await find('shipping');
    expect(checks).toBe(1);
    clock.advance(1);
    for (let question = 0; question < 5; question++) await find('shipping');
    expect(checks).toBe(2);
    expect(reads).toBe(1);
  });

  it('is kept for the widgets that were talked to last', async () => {
    for (let widget = 0; widget < 33; widget++) await find('shipping', `w${widget}`);
    expect(reads).toBe(33);
    await find('shipping', 'w32');
    expect(reads).toBe(33);
    await find('shipping', 'w0');
    expect(reads).toBe(34);
  });

  it('is read again after the store did not answer', async () => {
    isAway = true;
    await expect(find('shipping')).rejects.toThrow('Away');
    isAway = false;
    expect(await find('shipping')).toBe('Shipping takes two days.');
  });
});

it('makes, of many changes while an index is being made, another for the last only', async () => {
  let version = 1;
  let reads = 0;
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const knowledge = createKnowledge({
    findKnowledgeVersion: async () => version,
    findArticles: async () => {
      reads++;
      if (reads === 1) await held;
      return [{ slug: 'hours', title: 'Hours', body: `We open at ${version}.` }];
    },
  });
  const first = knowledge.prepare('w');
  await vi.waitFor(() => expect(reads).toBe(1));
  for (version = 2; version < 20; version++) {
    knowledge.refresh('w');
    // Until this version has been asked for.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const last = knowledge.prepare('w');
  release();
  await first;
  const search = await last;
  expect(search([{ role: 'visitor', text: 'When do you open?' }]).map(({ text }) => text)).toEqual(['We open at 20.']);
  expect(reads).toBeLessThanOrEqual(3);
});
