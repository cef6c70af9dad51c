import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { PublicKey } from '../../shared/public-key.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { DEFAULT_WIDGET_SLUG, widgetSlugSchema } from '../../shared/settings-api.ts';
import { type Config, readConfig } from '../config.ts';
import type { AdminCaller } from '../domain/admin-caller.ts';
import { findAdminWidget, requireAdminWidget } from '../domain/admin-widget.ts';
import { checkSite } from '../domain/allowlist-entry.ts';
import { createSecretBox, type SecretBox } from '../domain/secret-box.ts';
import { createSecretKeyRing } from '../domain/secret-key.ts';
import { saveSettings } from '../domain/settings-save.ts';
import { systemClock } from '../gateways/clock.ts';
import { findSecrets } from '../start-secrets.ts';
import { type Command, CommandError, type CommandPlace, readOptions } from './command.ts';
import { describeWidget, type NewWidget } from './init-words.ts';
import { withStore } from './open-store.ts';

/** `casement init`: a company's first widget, or one more. */
export const init: Command = {
  summary: 'make a widget, and print its snippet and its secrets once',
  help: `
casement init --company ID --origin https://shop.example [--origin ...] [--widget main] [--json]

  --company  the company, as the tokens of its login call it (JWT_COMPANY_CLAIM)
  --origin   a site that may embed the widget; "https://*.shop.example" for all below
  --widget   the widget's name within the company; "main" if not given
  --json     print one JSON object in place of words

Reads the same environment variables as the server, SECRETS_KEY and MONGODB_URI or
DATA_DIR among them.`,
  run: runInit,
};

const OPTIONS = {
  company: { type: 'string' },
  origin: { type: 'string', multiple: true },
  widget: { type: 'string', default: DEFAULT_WIDGET_SLUG },
  json: { type: 'boolean', default: false },
} as const;

async function runInit(args: readonly string[], place: CommandPlace): Promise<number> {
  const options = readOptions(() => parseArgs({ args: [...args], options: OPTIONS }).values);
  const { config, warnings } = readConfig(place.environment);
  for (const warning of warnings) place.notes.write(`! ${warning}\n`);
  const caller: AdminCaller = {
    companyId: requireCompany(options.company),
    subject: 'casement init',
    role: 'owner',
    widgetSlug: requireSlug(options.widget),
  };
  const sites = requireSites(options.origin, config);
  const { secretsKeys } = await findSecrets({ ...config, adminLogin: undefined });
  const secretBox = createSecretBox(secretsKeys);
  const made = await withStore(config, place, () => make(caller, sites, { config, secretBox }));
  place.output.write(options.json ? `${JSON.stringify(made, null, 2)}\n` : describeWidget(made));
  return 0;
}

type Parts = { readonly config: Config; readonly secretBox: SecretBox };

async function make(caller: AdminCaller, sites: readonly string[], { config, secretBox }: Parts): Promise<NewWidget> {
  await requireNewName(caller);
  const { widgetOrigin } = config;
  await saveSettings(
    caller,
    { expectedVersion: 0, settings: { ...DEFAULT_SETTINGS, allowlist: sites }, note: 'Made by casement init' },
    {
      widgetOrigin,
      siteRules: siteRulesOf(config),
      directory: { forget() {} },
      clock: systemClock,
      secretBox,
    },
  );
  const widget = await requireAdminWidget(caller);
  const ring = createSecretKeyRing(secretBox, () => systemClock.now());
  const [signing] = ring.liveKeys(widget, 'signing');
  const [identity] = ring.liveKeys(widget, 'identity');
  const publicKey = widget.keys[0]?.publicKey;
  if (!signing || !identity || !publicKey) throw new CommandError('The widget was made without keys');
  const { companyId: company, widgetSlug: name } = caller;
  return { company, widget: name, sites, publicKey, snippet: snippetOf(widgetOrigin, publicKey), signing, identity };
}

async function requireNewName(caller: AdminCaller): Promise<void> {
  const known = await findAdminWidget(caller);
  if (known === undefined) return;
  const key = known.keys.find(({ state }) => state === 'active')?.publicKey;
  throw new CommandError(
    `"${caller.companyId}" has a widget "${caller.widgetSlug}" already, with the key ${key}; --widget gives another name`,
  );
}

function requireCompany(given: string | undefined): string {
  if (given === undefined) throw new CommandError('--company is missing, such as --company acme');
  if (/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(given)) return given;
  throw new CommandError(`--company is ${JSON.stringify(given.slice(0, 300))}: 1 to 200 characters of one line`);
}

function requireSlug(given: string): string {
  const { success, issues, output } = v.safeParse(widgetSlugSchema, given);
  if (success) return output;
  throw new CommandError(`--widget is ${JSON.stringify(given.slice(0, 300))}: it must be ${issues[0].message}`);
}

function requireSites(given: readonly string[] | undefined, config: Config): readonly string[] {
  if (given === undefined) throw new CommandError('--origin is missing, such as --origin https://shop.example');
  const sites = given.map((line) => {
    const checked = checkSite(line, siteRulesOf(config));
    if ('entry' in checked) return checked.entry;
    throw new CommandError(`--origin: ${checked.reason}`);
  });
  return [...new Set(sites)];
}

function siteRulesOf({ widgetOrigin, settingsOrigin, mode }: Config) {
  const ownOrigins = settingsOrigin === undefined ? [widgetOrigin] : [widgetOrigin, settingsOrigin];
  return { ownOrigins, allowsLoopbackHttp: mode !== 'production' };
}

function snippetOf(widgetOrigin: string, publicKey: PublicKey): string {
  return `<script async src="${widgetOrigin}/loader.js" data-key="${publicKey}"></script>`;
}
