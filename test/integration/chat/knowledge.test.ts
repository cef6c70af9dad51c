import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Article, dropArticle, putArticle } from '../../../server/store/knowledge.ts';
import { openVisitor } from '../../support/frame-visitor.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { openStream, textOfEvents } from './chat-client.ts';
import { newMessage, SHOP } from './chat-setup.ts';

const PATIENCE = { timeout: 10_000, interval: 100 };

let casement: Casement;
let widgetId: string;
let publicKey: string;

beforeAll(async () => {
  casement = await startCasement();
  const created = await casement.createWidget({ allowlist: [SHOP] });
  widgetId = created.widget.id;
  publicKey = created.publicKey;
  const body = '# Shipping\n\n## How long does it take?\n\nTwo days.\n\n## What does it cost?\n\nFive euros.';
  await saveArticle({ slug: 'shipping', title: 'Shipping', body, url: 'https://shop.example/shipping' });
});
afterAll(() => casement.stop());

const saveArticle = (article: Article) =>
  putArticle(widgetId, { ...article, savedAt: new Date(), savedBy: { subject: 'test', role: 'owner' } });

async function ask(text: string) {
  const visitor = await openVisitor(casement, { publicKey, origin: SHOP });
  const stream = await openStream(casement, visitor, { method: 'POST', path: '/chat', body: newMessage(text) });
  const events = await stream.all();
  const citations = events.filter(({ name }) => name === 'citation').map(({ fields }) => fields);
  return { text: textOfEvents(events), citations, last: events.at(-1)?.name };
}

describe('a widget without a model', () => {
  it('answers by quoting its articles, with the source', async () => {
    const { text, citations, last } = await ask('What does shipping cost?');
    expect(text).toBe('**What does it cost?**\n\nFive euros. [1]');
    expect(citations).toEqual([
      {
        number: 1,
        title: 'Shipping › What does it cost?',
        excerpt: 'Five euros.',
        url: 'https://shop.example/shipping',
      },
    ]);
    expect(last).toBe('reply-ended');
  });

  it('says so when it finds nothing', async () => {
    const { text, citations, last } = await ask('Do you sell submarines?');
    expect(text).toMatch(/^I found nothing about that/);
    expect(citations).toEqual([]);
    expect(last).toBe('reply-ended');
  });

  it('knows a changed article within a second, and a deleted one no more', async () => {
    const article = { slug: 'returns', title: 'Returns', body: 'Returning a parcel costs nothing.' };
    await saveArticle(article);
    await vi.waitFor(async () => expect((await ask('Returning a parcel?')).text).toContain('costs nothing'), PATIENCE);
    await saveArticle({ ...article, body: 'Returning a parcel costs three euros.' });
    await vi.waitFor(async () => expect((await ask('Returning a parcel?')).text).toContain('three euros'), PATIENCE);
    await dropArticle(widgetId, 'returns');
    await vi.waitFor(async () => expect((await ask('Returning a parcel?')).text).toMatch(/^I found nothing/), PATIENCE);
  });

  it('has the same answer and the same sources in the transcript', async () => {
    const visitor = await openVisitor(casement, { publicKey, origin: SHOP });
    const stream = await openStream(casement, visitor, {
      method: 'POST',
      path: '/chat',
      body: newMessage('How long does shipping take?'),
    });
    const events = await stream.all();
    const { conversationId } = events[0]?.fields ?? {};
    const { messages } = JSON.parse((await visitor.ask({ path: `/conversations/${conversationId}` })).body);
    expect(messages[1]).toMatchObject({
      text: textOfEvents(events),
      citations: events.filter(({ name }) => name === 'citation').map(({ fields }) => fields),
    });
  });
});
