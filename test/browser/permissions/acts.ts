import type { Frame } from 'playwright-core';
import { KEY_TARGETS, type KeyTarget, type RotationsAnswer } from '../../../shared/keys-api.ts';
import type { Permission } from '../../../shared/permission.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Unanswered } from '../../../shared/unanswered-api.ts';
import type { AdminAnswer, AdminRequest } from '../../support/admin-api.ts';
import type { Screen } from './screens.ts';
import { SETTING_ACTS } from './setting-acts.ts';

/** Something that an admin can change, from the control in the view to the request that reaches the server. */
export type Act = {
  readonly does: string;
  readonly needs: Permission;
  /** The part of the settings that it changes, if it is one. */
  readonly section?: keyof Settings;
  readonly screen: Screen;
  /** Presses it, as somebody whom it is for. */
  press(view: Frame): Promise<unknown>;
  /** The last of what the server is then asked, with its status: `PUT /knowledge/returns 200`. */
  readonly calls: RegExp;
  /** The same request, for whoever asks the API without the view; `ask` reads what it needs. */
  request(ask: (request: AdminRequest) => Promise<AdminAnswer>): Promise<AdminRequest> | AdminRequest;
};

const ARTICLES = { route: 'knowledge', ready: 'opening-hours' };
const button = (view: Frame, name: string | RegExp) => view.getByRole('button', { name });
const agree = (view: Frame, name: string) => view.getByRole('dialog').getByRole('button', { name }).click();

const ARTICLE_ACTS: readonly Act[] = [
  {
    does: 'writes an article',
    needs: 'knowledge:write',
    screen: { route: 'knowledge/_new', ready: 'Not saved yet' },
    async press(view) {
      await view.getByLabel('Title').fill('Gift cards');
      await view.getByLabel('Text', { exact: true }).fill('For a year.');
      await button(view, 'Save article').click();
    },
    calls: /^PUT \/knowledge\/gift-cards \d/,
    request: () => writing('gift-cards', 0),
  },
  {
    does: 'edits an article',
    needs: 'knowledge:write',
    screen: { route: 'knowledge/opening-hours', ready: 'by ada' },
    async press(view) {
      await view.getByLabel('Text', { exact: true }).fill('From nine to five.');
      await button(view, 'Save article').click();
    },
    calls: /^PUT \/knowledge\/opening-hours \d/,
    request: async (ask) => writing('opening-hours', (await ask({ path: '/knowledge/opening-hours' })).json.version),
  },
  {
    does: 'imports an article',
    needs: 'knowledge:write',
    screen: ARTICLES,
    press: (view) =>
      view.locator('input[type="file"]').setInputFiles({
        name: 'repairs.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from('# Repairs\n\nIn a week.'),
      }),
    calls: /^PUT \/knowledge\/repairs \d/,
    request: () => writing('repairs', 0),
  },
  {
    does: 'deletes an article',
    needs: 'knowledge:write',
    screen: ARTICLES,
    press: (view) => button(view, 'Delete Returns').click(),
    calls: /^DELETE \/knowledge\/returns \d/,
    async request(ask) {
      const { version } = (await ask({ path: '/knowledge/returns' })).json;
      return { method: 'DELETE', path: `/knowledge/returns?expectedVersion=${version}` };
    },
  },
  {
    does: 'takes the deletion back',
    needs: 'knowledge:write',
    screen: ARTICLES,
    press: (view) => button(view, 'Undo').last().click(),
    calls: /^PUT \/knowledge\/returns \d/,
    request: () => writing('returns', 0),
  },
  {
    does: 'dismisses a question that found nothing',
    needs: 'knowledge:write',
    screen: {
      route: 'knowledge',
      ready: 'Do you wrap gifts?',
      open: (view) => view.getByRole('tab', { name: /^Found nothing/ }).click(),
    },
    press: (view) => button(view, 'Dismiss “Do you wrap gifts?”').click(),
    calls: /^DELETE \/knowledge\/unanswered\//,
    async request(ask) {
      const { questions }: Unanswered = (await ask({ path: '/knowledge/unanswered' })).json;
      return { method: 'DELETE', path: `/knowledge/unanswered/${questions[0]?.id}` };
    },
  },
];

function writing(slug: string, expectedVersion: number): AdminRequest {
  return { method: 'PUT', path: `/knowledge/${slug}`, body: { title: slug, body: 'Mine.', expectedVersion } };
}

const KEYS = { route: 'keys', ready: 'The last ones.' };
const NAMES: Readonly<Record<KeyTarget, string>> = {
  public: 'Public key',
  signing: 'Signing key',
  identity: 'Identity key',
};
const toChange = (target: KeyTarget): Permission => (target === 'public' ? 'keys:rotate-public' : 'keys:rotate-secret');

const REVOCATIONS = KEY_TARGETS.map(
  (target): Act => ({
    does: `revokes the old ${NAMES[target].toLowerCase()}`,
    needs: toChange(target),
    screen: KEYS,
    async press(view) {
      await view
        .getByRole('region', { name: NAMES[target] })
        .getByRole('button', { name: /^Revoke / })
        .click();
      await agree(view, 'Revoke now');
    },
    calls: /^POST \/rotations\/[^/]+\/revoke \d/,
    async request(ask) {
      const { rotations }: RotationsAnswer = (await ask({ path: '/rotations' })).json;
      const rotation = rotations.find((one) => one.target === target && !one.hasEnded);
      return { method: 'POST', path: `/rotations/${rotation?.id}/revoke`, body: {} };
    },
  }),
);

const ROTATIONS = KEY_TARGETS.map(
  (target): Act => ({
    does: `rotates the ${NAMES[target].toLowerCase()}`,
    needs: toChange(target),
    screen: KEYS,
    async press(view) {
      await button(view, `Rotate the ${NAMES[target].toLowerCase()}`).click();
      await agree(view, 'Make a new key');
      await view.getByRole('switch', { name: 'I keep it myself' }).click();
      await agree(view, 'Done');
    },
    calls: /^POST \/rotate-key \d/,
    request: () => ({ method: 'POST', path: '/rotate-key', body: { target } }),
  }),
);

const RESTORE: Act = {
  does: 'restores a version',
  needs: 'settings:restore',
  screen: { route: 'history', ready: 'Fewer messages' },
  async press(view) {
    await view.getByRole('button', { name: 'Restore version 1', exact: true }).click();
    await agree(view, 'Restore');
  },
  calls: /^POST \/settings\/versions\/1\/restore \d/,
  async request(ask) {
    const { version } = (await ask({ path: '/settings' })).json;
    return { method: 'POST', path: '/settings/versions/1/restore', body: { expectedVersion: version, note: '' } };
  },
};

/** Everything that can be changed in the view, in an order in which each leaves the next something to change. */
export const ACTS: readonly Act[] = [...SETTING_ACTS, ...ARTICLE_ACTS, ...REVOCATIONS, ...ROTATIONS, RESTORE];
