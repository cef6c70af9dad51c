import * as v from 'valibot';

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const texts = v.array(text);
const seconds = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Header values by name. `{...}` stands for what differs from answer to answer; a list is a header sent more than once. */
const headersSchema = v.record(text, v.union([text, texts]));

const answerSchema = v.strictObject({
  /** On every answer of this kind. */
  always: headersSchema,
  /** On some of them. There is no header beside these, but for what HTTP itself needs (such as `Content-Length`). */
  sometimes: headersSchema,
});

const routeSchema = v.strictObject({
  method: v.picklist(['GET', 'POST', 'PUT', 'DELETE']),
  path: v.pipe(v.string(), v.startsWith('/')),
  /** Where it answers. What is public answers under every other name of the server as well. */
  origins: v.array(v.picklist(['widget', 'settings'])),
  /** Who has to be proven before it does anything. */
  caller: text,
  /** What an admin's role has to permit. */
  permission: v.optional(text),
  /** The kinds of its answers, by name in `answers`. */
  answers: v.pipe(texts, v.minLength(1)),
  refusal: text,
});

const frameSchema = v.strictObject({
  name: text,
  path: v.pipe(v.string(), v.startsWith('/')),
  /** Of the iframe element, as in HTML. */
  attributes: v.strictObject({ sandbox: texts, allow: v.string(), referrerpolicy: text }),
});

const messageSchema = v.strictObject({
  channel: text,
  from: v.picklist(['host page', 'frame']),
  type: text,
  maxBytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** JSON Schema, draft-07. */
  schema: v.looseObject({ type: v.literal('object') }),
});

const cookieSchema = v.strictObject({
  name: text,
  attributes: texts,
  setBy: v.pipe(texts, v.minLength(1)),
  holds: text,
});

const storageSchema = v.strictObject({
  where: v.picklist(['frame', 'host page']),
  kind: v.picklist(['sessionStorage']),
  name: text,
  holds: text,
});

const flowSchema = v.strictObject({ from: text, to: text, what: text, when: text, kept: text });

/**
 * `GET /.well-known/widget-isolation.json`: what this installation does, for whoever checks it. It holds nothing of a
 * customer: no site of an allowlist, no key.
 */
export const isolationDocumentSchema = v.strictObject({
  schemaVersion: v.literal(1),
  /** Of the code of loader and frame. */
  build: text,
  contact: v.nullable(text),
  origins: v.strictObject({
    widget: text,
    settings: v.nullable(text),
    assets: text,
    /** The pages that browsers let call the admin API. */
    dashboards: texts,
  }),
  frames: v.array(frameSchema),
  routes: v.array(routeSchema),
  answers: v.record(text, answerSchema),
  messages: v.array(messageSchema),
  lifetimesSeconds: v.strictObject({
    ticket: seconds,
    session: seconds,
    longestSession: seconds,
    visitorIdentity: seconds,
    adminLogin: v.nullable(seconds),
    eventStream: seconds,
  }),
  cookies: v.array(cookieSchema),
  storage: v.array(storageSchema),
  dataFlows: v.array(flowSchema),
});

export type IsolationDocument = v.InferOutput<typeof isolationDocumentSchema>;
export type AnswerDescription = v.InferOutput<typeof answerSchema>;

/** The most bytes the document may have. */
export const ISOLATION_DOCUMENT_MAX_BYTES = 64 * 1024;
