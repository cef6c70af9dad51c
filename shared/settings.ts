import * as v from 'valibot';
import { isAllowlistEntry } from './allowlist.ts';
import { type Configuration, configurationSchema, localeSchema, textsSchema, themeSchema } from './configuration.ts';
import { LAUNCHER_ICONS } from './port-message.ts';

const MOST_LOCALES = 40;
export const MOST_ALLOWLIST_ENTRIES = 5_000;

const { starterQuestions: starterQuestionsSchema, features: featuresSchema } = configurationSchema.entries;

const count = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** What a visitor reads, in one language. A text that a language leaves out is taken from the default language. */
export const localeTextsSchema = v.strictObject({
  ...v.partial(textsSchema).entries,
  starterQuestions: v.optional(starterQuestionsSchema),
});

const localesSchema = v.pipe(
  v.record(localeSchema, localeTextsSchema),
  v.check((locales) => Object.keys(locales).length <= MOST_LOCALES, `at most ${MOST_LOCALES} languages`),
  v.check(
    (locales) => new Set(Object.keys(locales).map((tag) => tag.toLowerCase())).size === Object.keys(locales).length,
    'each language once, whatever the case of its letters',
  ),
);

const allowlistEntrySchema = v.pipe(
  v.string(),
  v.check(isAllowlistEntry, 'an origin such as "https://shop.example", or "https://*.shop.example"'),
);

/** How long a visitor finds the conversation again: as long as the browser keeps it, some days, this tab, or never. */
export const persistenceSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('forever') }),
  v.strictObject({ kind: v.literal('days'), days: count(1, 400) }),
  v.strictObject({ kind: v.literal('tab') }),
  v.strictObject({ kind: v.literal('never') }),
]);

/** How long a conversation is kept in which nobody writes any more. */
export const retentionSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('forever') }),
  v.strictObject({ kind: v.literal('days'), days: count(1, 3_650) }),
]);

/** Everything an admin edits: one document, saved whole as an immutable version. */
export const settingsSchema = v.pipe(
  v.strictObject({
    theme: themeSchema,
    launcher: v.strictObject({ icon: v.picklist(LAUNCHER_ICONS) }),
    defaultLocale: localeSchema,
    locales: localesSchema,
    features: featuresSchema,
    allowlist: v.pipe(v.array(allowlistEntrySchema), v.maxLength(MOST_ALLOWLIST_ENTRIES)),
    persistence: persistenceSchema,
    retention: retentionSchema,
    limits: v.strictObject({
      /** Of one visitor. */
      messagesPerMinute: count(1, 600),
      /** Of the whole widget; when they are used up, the assistant rests until midnight UTC. */
      messagesPerDay: count(1, 10_000_000),
    }),
    assistant: v.strictObject({
      instructions: v.pipe(v.string(), v.maxLength(8_000), v.regex(/^\P{Cs}*$/u, 'text of whole characters')),
      temperature: v.pipe(v.number(), v.minValue(0), v.maxValue(2)),
    }),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { defaultLocale, locales } = dataset.value;
    const complete = locales[defaultLocale];
    if (complete === undefined) {
      addIssue({ message: 'one of the languages that have texts', path: [at(dataset.value, 'defaultLocale')] });
      return;
    }
    for (const key of Object.keys(textsSchema.entries)) {
      if (Object.hasOwn(complete, key)) continue;
      addIssue({
        message: `needed, because "${defaultLocale}" is the default language`,
        path: [at(dataset.value, 'locales'), at(locales, defaultLocale), at(complete, key)],
      });
    }
  }),
);
export type Settings = v.InferOutput<typeof settingsSchema>;
export type LocaleTexts = v.InferOutput<typeof localeTextsSchema>;
export type Persistence = Settings['persistence'];
export type Retention = Settings['retention'];

/** What a widget is born with. The empty allowlist admits nobody. */
export const DEFAULT_SETTINGS: Settings = {
  theme: {
    primary: '#0059ff',
    mode: 'auto',
    radius: 20,
    font: 'system',
    position: 'end',
    offsetSide: 24,
    offsetBottom: 24,
    zIndex: 2_147_483_000,
  },
  launcher: { icon: 'chat' },
  defaultLocale: 'en',
  locales: {
    en: {
      name: 'Assistant',
      subtitle: 'Answers from our help pages',
      greeting: 'Hello.',
      greetingDetail: 'What can we find for you?',
      starterQuestions: [],
      placeholder: 'Ask a question',
      notice: 'AI can be wrong. Check what matters.',
      launcherLabel: 'Open the chat',
      contact: '',
      offline: '',
      error: '',
      consent: '',
    },
  },
  features: { chat: true, wallet: false },
  allowlist: [],
  persistence: { kind: 'forever' },
  retention: { kind: 'forever' },
  limits: { messagesPerMinute: 20, messagesPerDay: 10_000 },
  assistant: { instructions: '', temperature: 0.3 },
};

/**
 * What visitors get of `settings` in `locale`, which is one of theirs (see `closestLocale`); each text it leaves out
 * comes from the default language. Throws a ValiError if the settings are not whole.
 */
export function configurationOf(settings: Settings, version: number, locale: string): Configuration {
  const { starterQuestions = [], ...texts } = {
    ...settings.locales[settings.defaultLocale],
    ...settings.locales[locale],
  };
  return {
    version,
    locale,
    theme: settings.theme,
    launcherIcon: settings.launcher.icon,
    texts: v.parse(textsSchema, texts),
    starterQuestions,
    features: settings.features,
  };
}

/**
 * The settings' language for what is wanted, most wanted first: for each tag the same, else a shorter one (RFC 4647,
 * 3.4, lookup), and the default language when none fits.
 */
export function closestLocale({ locales, defaultLocale }: Settings, wanted: readonly string[]): string {
  const known = new Map(Object.keys(locales).map((locale) => [locale.toLowerCase(), locale]));
  for (const range of wanted) {
    for (let tag = range.toLowerCase(); tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
      const locale = known.get(tag);
      if (locale !== undefined) return locale;
    }
  }
  return defaultLocale;
}

/** One step of the path of an issue. */
function at(input: Readonly<Record<string, unknown>>, key: string): v.ObjectPathItem {
  return { type: 'object', origin: 'value', input, key, value: input[key] };
}
