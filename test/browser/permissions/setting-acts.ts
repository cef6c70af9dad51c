import type { Frame } from 'playwright-core';
import { SECTION_PERMISSIONS } from '../../../shared/permission.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Act } from './acts.ts';
import { publish } from './open-as.ts';
import type { Screen } from './screens.ts';

type SettingEdit = Screen & {
  readonly section: keyof Settings;
  readonly does: string;
  /** In the view. */
  readonly edit: (view: Frame) => Promise<unknown>;
  /** The same, for whoever asks the API without the view. */
  readonly change: (settings: Settings) => Partial<Settings>;
};

const EDITS: readonly SettingEdit[] = [
  {
    section: 'theme',
    does: 'publishes a colour',
    route: 'appearance',
    ready: 'One accent',
    edit: (view) => view.getByLabel('Accent', { exact: true }).fill('#7a00ff'),
    change: ({ theme }) => ({ theme: { ...theme, primary: '#7a00ff' } }),
  },
  {
    section: 'launcher',
    does: 'publishes a launcher',
    route: 'appearance',
    ready: 'The button that opens the panel.',
    edit: (view) => view.getByRole('radio', { name: 'Spark' }).check(),
    change: () => ({ launcher: { icon: 'spark' } }),
  },
  {
    section: 'features',
    does: 'publishes which features are on',
    route: 'appearance',
    ready: 'Visitors see only what is on.',
    edit: (view) => view.getByRole('switch', { name: 'Wallet' }).click(),
    change: ({ features }) => ({ features: { ...features, wallet: !features.wallet } }),
  },
  {
    section: 'locales',
    does: 'publishes a text',
    route: 'texts',
    ready: 'Stands in where another language has no text',
    edit: (view) => view.getByLabel('Greeting', { exact: true }).fill('Ahoy.'),
    change: ({ locales }) => ({ locales: { ...locales, pt: { greeting: 'Ahoy.' } } }),
  },
  {
    section: 'defaultLocale',
    does: 'publishes another default language',
    route: 'texts/pt',
    ready: 'Make it the default',
    edit: (view) => view.getByRole('button', { name: 'Make it the default' }).click(),
    change: ({ locales, defaultLocale }) => ({
      defaultLocale: 'pt',
      locales: { ...locales, pt: { ...locales[defaultLocale], ...locales.pt } },
    }),
  },
  {
    section: 'assistant',
    does: 'publishes instructions',
    route: 'assistant',
    ready: 'Said at the end of an answer',
    edit: (view) => view.getByRole('textbox', { name: 'Instructions' }).fill('Be brief.'),
    change: ({ assistant }) => ({ assistant: { ...assistant, instructions: 'Be brief.' } }),
  },
  {
    section: 'limits',
    does: 'publishes a limit',
    route: 'limits',
    ready: 'A limit that is reached',
    edit: (view) => view.getByLabel('For one visitor').fill('7'),
    change: ({ limits }) => ({ limits: { ...limits, messagesPerMinute: 7 } }),
  },
  {
    section: 'persistence',
    does: 'publishes how long visitors are remembered',
    route: 'limits',
    ready: 'How long a visitor finds the conversation again.',
    edit: (view) => view.getByRole('radio', { name: 'This tab' }).check(),
    change: () => ({ persistence: { kind: 'tab' } }),
  },
  {
    section: 'retention',
    does: 'publishes how long conversations are kept',
    route: 'limits',
    ready: 'How long the server keeps what was said.',
    edit: (view) => view.getByRole('radio', { name: /^Keep/ }).check(),
    change: () => ({ retention: { kind: 'forever' } }),
  },
  {
    section: 'allowlist',
    does: 'adds a site',
    route: 'sites',
    ready: 'Allowed sites',
    async edit(view) {
      await view.getByLabel('Site', { exact: true }).fill('https://third.example');
      await view.locator('.button[aria-disabled="false"]', { hasText: /^Allow$/ }).click();
    },
    change: ({ allowlist }) => ({ allowlist: [...allowlist, 'https://third.example'] }),
  },
  {
    section: 'allowlist',
    does: 'allows a site that was refused',
    route: 'sites',
    ready: 'https://new.example',
    edit: (view) => view.getByRole('button', { name: 'Allow this site: https://new.example' }).click(),
    change: ({ allowlist }) => ({ allowlist: [...allowlist, 'https://new.example'] }),
  },
  {
    section: 'allowlist',
    does: 'removes a site',
    route: 'sites',
    ready: 'https://other.example',
    edit: (view) => view.getByRole('button', { name: 'Remove https://other.example' }).click(),
    change: ({ allowlist }) => ({ allowlist: allowlist.filter((site) => site !== 'https://other.example') }),
  },
];

/** One act for each part of the settings at least: an edit, the review, the publish. */
export const SETTING_ACTS: readonly Act[] = EDITS.map(({ section, does, edit, change, ...screen }) => ({
  does,
  needs: SECTION_PERMISSIONS[section],
  section,
  screen,
  calls: /^POST \/settings \d/,
  async press(view) {
    await edit(view);
    await publish(view);
  },
  async request(ask) {
    const { settings, version } = (await ask({ path: '/settings' })).json;
    const body = { expectedVersion: version, settings: { ...settings, ...change(settings) } };
    return { method: 'POST', path: '/settings', body };
  },
}));
