import * as v from 'valibot';
import { isLauncherLook, LAUNCHER_ICONS, type LauncherLook } from './port-message.ts';

/** The typefaces of the frame: what the visitor's system has, because the frame loads none. */
export const FONTS = ['system', 'rounded', 'serif', 'mono'] as const;

const line = (longest: number) =>
  v.pipe(v.string(), v.trim(), v.maxLength(longest), v.regex(/^[^\p{Cc}\p{Cs}]*$/u, 'one line of text'));
const words = (longest: number) => v.pipe(line(longest), v.minLength(1));
const pixels = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

export const themeSchema = v.strictObject({
  /** `#rrggbb`, lower case. Every other colour follows from it and from the mode. */
  primary: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/, 'a colour such as "#0059ff"')),
  mode: v.picklist(['light', 'dark', 'auto']),
  radius: pixels(40),
  font: v.picklist(FONTS),
  position: v.picklist(['start', 'end']),
  offsetSide: pixels(400),
  offsetBottom: pixels(400),
  zIndex: pixels(2_147_483_647),
});

export const textsSchema = v.strictObject({
  /** Shown in the header; the company's name, never ours. */
  name: words(60),
  subtitle: line(80),
  greeting: words(80),
  greetingDetail: line(160),
  placeholder: words(80),
  /** What a visitor should know, under the composer. */
  notice: line(160),
  launcherLabel: words(80),
  /** Where to turn when the assistant cannot help, such as "Write to help@shop.example". May be empty. */
  contact: line(160),
  /** While the browser has no connection. Empty for the frame's own words. */
  offline: line(160),
  /** When no answer comes. Empty for the frame's own words. */
  error: line(160),
  /** What visitors agree to by writing, shown before their first message. May be empty. */
  consent: line(400),
});

/** A language tag (RFC 5646) as far as it names language, script and region. */
export const localeSchema = v.pipe(
  v.string(),
  v.maxLength(35),
  v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as "en" or "pt-BR"'),
);

/** What anybody on an allowlisted site may know of a widget: its look and its words. */
export const configurationSchema = v.strictObject({
  /** The settings version it was made from; 0 before anything was saved. */
  version: v.pipe(v.number(), v.integer(), v.minValue(0)),
  locale: localeSchema,
  theme: themeSchema,
  launcherIcon: v.picklist(LAUNCHER_ICONS),
  texts: textsSchema,
  starterQuestions: v.pipe(v.array(words(120)), v.maxLength(4)),
  features: v.strictObject({ chat: v.boolean(), wallet: v.boolean() }),
});

export type Theme = v.InferOutput<typeof themeSchema>;
export type Configuration = v.InferOutput<typeof configurationSchema>;

/** Names a configuration among those of its widget, as a strong ETag (RFC 9110, 8.8.3): a version never changes. */
export function configurationTag({ version, locale }: Pick<Configuration, 'version' | 'locale'>): string {
  return `"${version}.${locale}"`;
}

/** The answer of `GET /api/v1/widget/config`. `look` is for the loader, which carries no schema library. */
export const configurationAnswerSchema = v.strictObject({
  configuration: configurationSchema,
  /** The key that was asked for: a retiring one works until `retiringUntil`, and the snippet should get the new one. */
  key: v.strictObject({
    state: v.picklist(['active', 'retiring']),
    retiringUntil: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  }),
  look: v.custom<LauncherLook>(isLauncherLook),
});
export type ConfigurationAnswer = v.InferOutput<typeof configurationAnswerSchema>;
