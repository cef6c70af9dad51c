import * as v from 'valibot';

/** The directives (https://www.w3.org/TR/CSP3/) of the frame's policies, one of which a browser says was violated. */
export const REPORTED_DIRECTIVES = [
  'frame-ancestors',
  'default-src',
  'script-src',
  'script-src-elem',
  'script-src-attr',
  'style-src',
  'style-src-elem',
  'style-src-attr',
  'img-src',
  'font-src',
  'connect-src',
  'frame-src',
  'child-src',
  'worker-src',
  'object-src',
  'media-src',
  'manifest-src',
  'base-uri',
  'form-action',
  'sandbox',
  'require-trusted-types-for',
  'trusted-types',
] as const;

/**
 * What was refused: the `frame` or the `configuration`, by the server to a site that is not on the allowlist; or what a
 * browser reported, by its directive. `frame-ancestors` is a page that showed a page that showed the frame.
 */
export const REFUSED_THINGS = ['frame', 'configuration', ...REPORTED_DIRECTIVES] as const;
export type RefusedThing = (typeof REFUSED_THINGS)[number];

const momentSchema = v.pipe(v.string(), v.isoTimestamp());

/** `GET /reports`: who tried to embed the widget and was refused, most recent first. */
export const embedAttemptsSchema = v.strictObject({
  attempts: v.array(
    v.strictObject({
      what: v.picklist(REFUSED_THINGS),
      /** The origin of the page, as the browser named it; `""` if it did not. */
      embedder: v.string(),
      /** For directives other than `frame-ancestors`: the origin of what was blocked, or a word such as `inline`. */
      blocked: v.string(),
      /** About how often; a flood is counted by samples. */
      count: v.pipe(v.number(), v.integer(), v.minValue(1)),
      firstSeenAt: momentSchema,
      lastSeenAt: momentSchema,
    }),
  ),
});
export type EmbedAttempts = v.InferOutput<typeof embedAttemptsSchema>;
