import * as v from 'valibot';

/** `GET /installation`: what an admin has to know of the server to put the widget on a page. */
export const installationAnswerSchema = v.strictObject({
  /** The loader under a name that lasts. */
  loaderUrl: v.pipe(v.string(), v.url()),
  /** The same bytes under a name that never has others, and their Subresource Integrity. */
  pinnedLoaderUrl: v.pipe(v.string(), v.url()),
  integrity: v.pipe(v.string(), v.regex(/^sha384-[\w+/]{64}$/)),
  widgetOrigin: v.string(),
  /** The name of the model that answers; `null` if answers are quoted from the articles. */
  model: v.nullable(v.string()),
  /** The longest message a visitor may send. */
  messageMaxCharacters: v.number(),
});
export type InstallationAnswer = v.InferOutput<typeof installationAnswerSchema>;
