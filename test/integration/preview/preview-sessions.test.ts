import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_SETTINGS } from '../../../server/demo/demo-settings.ts';
import type { Widget } from '../../../server/domain/widget.ts';
import type { Settings } from '../../../shared/settings.ts';
import { askAdmin } from '../../support/admin-api.ts';
import type { Admin } from '../../support/admin-token.ts';
import { askFrame, openVisitor, readBoot, type Site } from '../../support/frame-visitor.ts';
import { createMovingClock } from '../../support/moving-clock.ts';
import {
  askForTicket,
  createPreviewNonce,
  openPreviewVisitor,
  type PreviewVisitor,
  putDraft,
  swapTicket,
} from '../../support/preview-visitor.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const clock = createMovingClock();
let casement: Casement;
let widget: Widget;
let site: Site;
let ada: Admin;

beforeAll(async () => {
  casement = await startCasement({ clock });
});
afterAll(() => casement.stop());
beforeEach(async () => {
  const created = await casement.createWidget({ allowlist: [SHOP] });
  widget = created.widget;
  site = { publicKey: created.publicKey, origin: SHOP };
  ada = { company: widget.companyId };
});

/** The settings with other words for when nothing is found, which the assistant says. */
const withContact = (contact: string, more: Partial<Settings> = {}): Settings => ({
  ...DEMO_SETTINGS,
  allowlist: [SHOP],
  locales: { en: { ...DEMO_SETTINGS.locales.en, contact } },
  ...more,
});

async function say(visitor: Pick<PreviewVisitor, 'ask'>, text = 'Xylophone?') {
  const headers = { accept: 'application/json' };
  const answer = await visitor.ask({ method: 'POST', path: '/chat', headers, body: { messageId: randomUUID(), text } });
  return { status: answer.status, json: JSON.parse(answer.body) };
}
const codeOf = ({ body }: { body: string }) => JSON.parse(body).error?.code;
const remove = () => askAdmin(casement, ada, { method: 'DELETE', path: '/draft' });

describe('a preview', () => {
  test('chats as the draft says, from the first message on, while visitors hear what is published', async () => {
    await putDraft(casement, ada, withContact('Write to draft@shop.example.'));
    const preview = await openPreviewVisitor(casement, ada);
    expect((await say(preview)).json.reply.text).toContain('Write to draft@shop.example.');
    const visitor = await openVisitor(casement, site);
    expect((await say(visitor)).json.reply.text).not.toContain('draft@shop.example');
  });

  test('follows the draft while it is edited, and a part that is not valid in this moment is as it is published', async () => {
    await putDraft(casement, ada, withContact('The first.'));
    const preview = await openPreviewVisitor(casement, ada);
    await putDraft(casement, ada, { ...withContact('The second.'), theme: { primary: 'not a colo' } });
    expect((await say(preview)).json.reply.text).toContain('The second.');
    await putDraft(casement, ada, { ...withContact('The third.'), defaultLocale: 'fr' });
    expect((await say(preview)).json.reply.text).toContain(DEMO_SETTINGS.locales.en?.contact ?? 'none');
    await putDraft(casement, ada, withContact('', { features: { chat: false, wallet: false } }));
    expect((await say(preview)).json.error.code).toBe('FEATURE_OFF');
  });

  test('knows the articles of the widget', async () => {
    const body = { title: 'Xylophones', body: 'We sell xylophones in March.', expectedVersion: 0 };
    await askAdmin(casement, ada, { method: 'PUT', path: '/knowledge/xylophones', body });
    await putDraft(casement, ada, withContact(''));
    const { json } = await say(await openPreviewVisitor(casement, ada), 'When do you sell xylophones?');
    expect(json.reply.text).toContain('We sell xylophones in March.');
  });

  test('goes on with its conversation, renews its session, and is found again by nobody', async () => {
    await putDraft(casement, ada, withContact(''));
    const preview = await openPreviewVisitor(casement, ada);
    expect(preview.opening.headers['set-cookie']).toBeUndefined();
    expect(JSON.parse(preview.opening.body)).not.toHaveProperty('resume');
    const { conversationId } = (await say(preview)).json;
    const transcript = await preview.ask({ path: `/conversations/${conversationId}` });
    expect(JSON.parse(transcript.body).messages).toHaveLength(2);
    expect((await preview.ask({ method: 'POST', path: '/session/renew' })).status).toBe(200);
    const other = await openPreviewVisitor(casement, ada);
    expect(JSON.parse((await other.ask({ path: '/conversations' })).body).conversations).toEqual([]);
    const ended = await preview.ask({ method: 'DELETE', path: '/session' });
    expect([ended.status, ended.headers['set-cookie']]).toEqual([204, undefined]);
  });

  test('is there for a widget that was never saved', async () => {
    ada = { company: randomUUID() };
    await putDraft(casement, ada, withContact('Nobody knows us yet.'));
    expect((await say(await openPreviewVisitor(casement, ada))).json.reply.text).toContain('Nobody knows us yet.');
    expect((await askAdmin(casement, ada, { path: '/settings' })).json.version).toBe(0);
  });

  test('case 91: ends with its draft, and a draft that is begun anew is another', async () => {
    await putDraft(casement, ada, withContact(''));
    const preview = await openPreviewVisitor(casement, ada);
    await remove();
    await putDraft(casement, ada, withContact(''));
    expect((await say(preview)).json.error.code).toBe('SESSION_ENDED');
  });

  test('cannot become somebody: it has no key that could vouch for one', async () => {
    await putDraft(casement, ada, withContact(''));
    const preview = await openPreviewVisitor(casement, ada);
    const answer = await preview.ask({ method: 'POST', path: '/session/identify', body: { jwt: 'e30.e30.e30' } });
    expect(codeOf(answer)).toBe('IDENTITY_INVALID');
  });
});

describe('a preview ticket', () => {
  async function ticketFor(admin = ada) {
    const nonce = createPreviewNonce();
    await putDraft(casement, admin, withContact(''));
    const { ticket } = (await askForTicket(casement, admin, nonce)).json;
    return { ticket, proof: nonce.proof };
  }

  test('case 90: opens one session, whoever comes first', async () => {
    const request = await ticketFor();
    const answers = await Promise.all([1, 2, 3, 4].map(() => swapTicket(casement, request)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
    expect(answers.filter(({ status }) => status === 401).map(codeOf)).toEqual(Array(3).fill('TICKET_USED'));
  });

  test('case 92: is refused without the nonce it was made for, and then still good for the one who has it', async () => {
    const { ticket, proof } = await ticketFor();
    expect(codeOf(await swapTicket(casement, { ticket }))).toBe('TICKET_INVALID');
    const { proof: another } = createPreviewNonce();
    expect(codeOf(await swapTicket(casement, { ticket, proof: another }))).toBe('TICKET_INVALID');
    expect((await swapTicket(casement, { ticket, proof })).status).toBe(200);
  });

  test('case 91: is refused after a minute, and when its draft is gone', async () => {
    const late = await ticketFor();
    clock.advance(61);
    expect(codeOf(await swapTicket(casement, late))).toBe('TICKET_EXPIRED');
    const orphan = await ticketFor();
    await remove();
    expect(codeOf(await swapTicket(casement, orphan))).toBe('TICKET_INVALID');
    await putDraft(casement, ada, withContact(''));
    expect(codeOf(await swapTicket(casement, orphan))).toBe('TICKET_INVALID');
  });

  test('case 92: is made of a draft of one’s own that could be saved', async () => {
    const nonce = createPreviewNonce();
    await putDraft(casement, ada, withContact(''));
    const grace = await askForTicket(casement, { ...ada, subject: 'grace' }, nonce);
    expect([grace.status, grace.json.error.code]).toEqual([404, 'DRAFT_NOT_FOUND']);
    await putDraft(casement, ada, { ...withContact(''), allowlist: ['https://*.github.io'], theme: {} });
    const invalid = await askForTicket(casement, ada, nonce);
    expect([invalid.status, invalid.json.error.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(invalid.json.problems.map(({ field }: { field: string }) => field)).toContain('allowlist.0');
  });

  test.each(['https://evil.example', SHOP, 'null', ''])('case 93: from a page of "%s" is refused', async (origin) => {
    const request = await ticketFor();
    const answer = await swapTicket(casement, request, { origin });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'CROSS_SITE_REQUEST']);
    expect((await swapTicket(casement, request)).status).toBe(200);
  });

  test.each([
    ['owner', 200],
    ['admin', 200],
    ['editor', 200],
    ['viewer', 403],
    ['service', 403],
  ] as const)('asked for with the role %s is answered %i', async (role, status) => {
    await putDraft(casement, ada, withContact(''));
    expect((await askForTicket(casement, { ...ada, role }, createPreviewNonce())).status).toBe(status);
  });

  test('needs a challenge that can be one', async () => {
    await putDraft(casement, ada, withContact(''));
    const { json } = await askForTicket(casement, ada, { challenge: 'short', proof: '' });
    expect([json.error.code, json.error.field]).toEqual(['INVALID_REQUEST', 'challenge']);
  });
});

test('case 95: nothing of a preview is counted: not in analytics, not in the cap of the day, not as a use of a key', async () => {
  await putDraft(casement, ada, withContact('', { limits: { messagesPerMinute: 1, messagesPerDay: 1 } }));
  await casement.saveWidget({
    ...widget,
    settings: withContact('', { limits: { messagesPerMinute: 9, messagesPerDay: 1 } }),
  });
  const preview = await openPreviewVisitor(casement, ada);
  const { reply } = (await say(preview)).json;
  expect((await say(preview)).status).toBe(200);
  await preview.ask({ method: 'POST', path: `/messages/${reply.id}/feedback`, body: { rating: 'helpful' } });
  await preview.ask({ method: 'POST', path: '/session/opened' });
  const { totals } = (await askAdmin(casement, ada, { path: '/analytics' })).json;
  expect(totals).toMatchObject({ conversations: 0, messages: 0, replies: 0, helpful: 0, opened: 0, limitsReached: 0 });
  expect(await casement.store.collection('widget_analytics').countDocuments({ widgetId: /^preview-/ })).toBe(0);
  expect(await casement.store.collection('widget_key_uses').countDocuments({ widgetId: /preview/ })).toBe(0);
  const visitor = await openVisitor(casement, site);
  expect((await say(visitor)).status).toBe(200);
  expect((await say(visitor)).json.error.code).toBe('DAILY_LIMIT_REACHED');
});

test('case 92: a ticket for a site does not open a preview, and one for a preview no site', async () => {
  const nonce = createPreviewNonce();
  await putDraft(casement, ada, withContact(''));
  const { ticket } = (await askForTicket(casement, ada, nonce)).json;
  expect(codeOf(await swapTicket(casement, { ticket }))).toBe('TICKET_INVALID');

  const boot = readBoot((await askFrame(casement, site)).body);
  expect(codeOf(await swapTicket(casement, { ticket: boot.ticket, proof: nonce.proof }))).toBe('TICKET_INVALID');
});
