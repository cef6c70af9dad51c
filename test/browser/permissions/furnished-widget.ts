import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { DEMO_SETTINGS } from '../../../server/demo/demo-settings.ts';
import { addAttempt } from '../../../server/store/embed-attempts.ts';
import { addUnanswered } from '../../../server/store/unanswered.ts';
import { KEY_TARGETS } from '../../../shared/keys-api.ts';
import { type AdminAnswer, type AdminRequest, askAdmin } from '../../support/admin-api.ts';
import { signAdminToken } from '../../support/admin-token.ts';
import { openVisitor } from '../../support/frame-visitor.ts';
import type { Casement } from '../../support/start-casement.ts';
import type { AdminRole } from './admin-roles.ts';

/** A widget of a company of its own, in which every page of the settings view has something to show and to press. */
export type FurnishedWidget = {
  readonly company: string;
  /** Asks the API itself, with a token of this role. */
  askAs(role: AdminRole, request: AdminRequest): Promise<AdminAnswer>;
};

const SHOP = 'https://shop.example';
/** Refused for buttons, so that Appearance offers the nearest that passes. */
const PALE = '#ffee66';

export async function furnishWidget(casement: Casement): Promise<FurnishedWidget> {
  const { widget, publicKey } = await casement.createWidget({
    allowlist: [SHOP, 'https://other.example'],
    settings: {
      theme: { ...DEMO_SETTINGS.theme, primary: PALE },
      locales: { ...DEMO_SETTINGS.locales, pt: { greeting: 'Olá.', starterQuestions: ['Quando?'] } },
      persistence: { kind: 'days', days: 30 },
      retention: { kind: 'days', days: 365 },
    },
  });
  const company = widget.companyId;
  async function askAs(role: AdminRole, request: AdminRequest): Promise<AdminAnswer> {
    const token = await signAdminToken({ company, role }, { aud: 'casement' });
    return askAdmin(casement, { company }, { token, ...request });
  }
  async function ask(request: AdminRequest): Promise<AdminAnswer> {
    const answer = await askAs('owner', request);
    expect(answer.status, answer.body).toBeLessThan(300);
    return answer;
  }

  const visitor = await openVisitor(casement, { publicKey, origin: SHOP });
  const message = { messageId: randomUUID(), text: 'When do you open?' };
  await visitor.ask({ method: 'POST', path: '/chat', headers: { accept: 'application/json' }, body: message });
  for (const [slug, title] of [
    ['opening-hours', 'Opening hours'],
    ['returns', 'Returns'],
  ] as const) {
    const body = { title, body: `${title}: ask us.`, expectedVersion: 0 };
    await ask({ method: 'PUT', path: `/knowledge/${slug}`, body });
  }
  const { settings, version } = (await ask({ path: '/settings' })).json;
  const limits = { ...settings.limits, messagesPerDay: 900 };
  const body = { expectedVersion: version, settings: { ...settings, limits }, note: 'Fewer messages' };
  await ask({ method: 'POST', path: '/settings', body });
  for (const target of KEY_TARGETS) await ask({ method: 'POST', path: '/rotate-key', body: { target } });

  const now = new Date();
  const asked = { widgetId: widget.id, question: 'Do you wrap gifts?', origin: SHOP, lastAskedAt: now };
  await addUnanswered({ id: randomUUID(), ...asked });
  const refused = { what: 'frame', embedder: 'https://new.example', blocked: '', count: 3 } as const;
  await addAttempt({ widgetId: widget.id, ...refused, firstSeenAt: now, lastSeenAt: now });
  // What visitors did is counted a moment after they did it.
  await vi.waitFor(async () => expect((await ask({ path: '/analytics' })).json.totals.messages).toBeGreaterThan(0), {
    timeout: 20_000,
    interval: 100,
  });
  return { company, askAs };
}
