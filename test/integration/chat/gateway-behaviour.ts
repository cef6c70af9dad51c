import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { ModelEvent, ModelGateway, ModelRequest, Passage } from '../../../server/gateways/model-gateway.ts';
import { citationSchema } from '../../../shared/chat.ts';

export const SHIPPING: Passage = {
  articleTitle: 'Shipping',
  headings: ['How long does shipping take?'],
  text: 'Shipping takes two days. On islands it takes a week.',
  url: 'https://shop.example/shipping',
  score: 1,
};
export const RETURNS: Passage = {
  articleTitle: 'Returns',
  headings: [],
  text: 'You can return everything within 30 days. How long does shipping back take? Two days.',
  score: 0.9,
};

export function createRequest(over: Partial<ModelRequest> = {}): ModelRequest {
  return {
    instructions: 'Be brief.',
    messages: [{ role: 'visitor', text: 'How long does shipping take?' }],
    knowledge: [SHIPPING, RETURNS],
    context: [],
    contact: 'Write to help@shop.example',
    locale: 'en',
    temperature: 0.2,
    signal: new AbortController().signal,
    ...over,
  };
}

export async function collect(events: AsyncIterable<ModelEvent>): Promise<readonly ModelEvent[]> {
  const collected: ModelEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

export const textOf = (events: readonly ModelEvent[]): string =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

/** What every gateway promises. `prepare` makes one that cites what it is given, as a well-behaved model would. */
export function describeGateway(name: string, prepare: () => ModelGateway): void {
  describe(`the ${name} gateway`, () => {
    it('says its answer piece by piece', async () => {
      const events = await collect(prepare().streamReply(createRequest()));
      const pieces = events.filter(({ type }) => type === 'text');
      expect(pieces.length).toBeGreaterThan(3);
      expect(textOf(events)).toContain('two days');
    });

    it('sends whole sources, once each, and only after the text has referred to them', async () => {
      const said: string[] = [];
      const numbers: number[] = [];
      for await (const event of prepare().streamReply(createRequest())) {
        if (event.type === 'text') {
          said.push(event.text);
          continue;
        }
        expect(v.safeParse(citationSchema, event.citation).success).toBe(true);
        expect(said.join('')).toContain(`[${event.citation.number}]`);
        numbers.push(event.citation.number);
      }
      expect(numbers).toContain(1);
      expect(new Set(numbers).size).toBe(numbers.length);
    });

    it('names title, words and address of a source', async () => {
      const events = await collect(prepare().streamReply(createRequest({ knowledge: [SHIPPING] })));
      const [citation] = events.flatMap((event) => (event.type === 'citation' ? [event.citation] : []));
      expect(citation).toEqual({
        number: 1,
        title: 'Shipping › How long does shipping take?',
        excerpt: SHIPPING.text,
        url: SHIPPING.url,
      });
    });

    it('sends no source when there is none', async () => {
      const events = await collect(prepare().streamReply(createRequest({ knowledge: [] })));
      expect(events.some(({ type }) => type === 'citation')).toBe(false);
      expect(textOf(events)).not.toBe('');
    });

    it('stops when it is told to', async () => {
      const abortion = new AbortController();
      const events = prepare()
        .streamReply(createRequest({ signal: abortion.signal }))
        [Symbol.asyncIterator]();
      await events.next();
      abortion.abort();
      let rest = 0;
      try {
        while (!(await events.next()).done) rest++;
      } catch {
        // Ending by an error is as good.
      }
      expect(rest).toBeLessThanOrEqual(2);
    });
  });
}
