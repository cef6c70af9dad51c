import * as v from 'valibot';
import type { ErrorCode } from '../../shared/error-code.ts';
import type { Permission } from '../../shared/permission.ts';
import type { GuardName, Method } from '../http/guarded-router.ts';

/** A parameter of the path or the query, or a header of the request. */
export type ParameterDoc = {
  /** What is accepted, before anything is made of it. */
  readonly schema: v.GenericSchema;
  readonly about: string;
};

export type AnswerDoc = {
  readonly about: string;
  /** Of a JSON answer. */
  readonly schema?: v.GenericSchema;
  /** What an answer that is no JSON can be, such as `text/html`. */
  readonly mediaTypes?: readonly string[];
  /** Of a stream: the schema of the data of each event. */
  readonly events?: Readonly<Record<string, v.GenericSchema>>;
  /** Headers beside those of every answer, by name: what they say. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** What the document says of one route. Who may call it, and which refusals follow from that, is the guard's matter. */
export type OperationDoc = {
  /** A verb and what it is done to, such as `sendMessage`; a name for ever. */
  readonly id: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What one has to know beside the summary, in whole sentences. */
  readonly about?: string;
  readonly tag: Tag;
  readonly guard: GuardName;
  readonly permission?: Permission;
  /** By the names in the route's path. */
  readonly path?: Readonly<Record<string, ParameterDoc>>;
  /** Beside `widget`, which every route for admins takes. */
  readonly query?: Readonly<Record<string, ParameterDoc>>;
  readonly headers?: Readonly<Record<string, ParameterDoc>>;
  readonly body?: {
    readonly schema: v.GenericSchema;
    /** `application/json` if not given. */
    readonly mediaTypes?: readonly string[];
    readonly isOptional?: boolean;
  };
  /** By status, successes only. */
  readonly answers: Readonly<Record<number, AnswerDoc>>;
  /** What the route refuses with, beside what follows from its guard and its body. */
  readonly errors?: readonly ErrorCode[];
  /** Refusals that say more than the usual body does. */
  readonly errorSchemas?: Readonly<Partial<Record<ErrorCode, v.GenericSchema>>>;
};

/** What the operations are grouped by, in the order they are shown. */
export const TAGS = {
  Visitors: 'What the frame asks for a visitor, on the widget origin.',
  Embedding: 'What a host page or the backend of a company asks, on the widget origin.',
  Settings: 'What an admin changes, on the settings origin.',
  Keys: 'Public, signing and identity keys, on the settings origin.',
  Knowledge: 'What the assistant may cite, on the settings origin.',
  Insight: 'What happened: analytics, refused embeds, the audit log; on the settings origin.',
  Files: 'What browsers load, the same for everybody.',
  Server: 'About the server itself.',
} as const;
export type Tag = keyof typeof TAGS;

/** The operations of one file of routes, by method and path as the router has them, such as `GET /frame/:key`. */
export type OperationDocs = Readonly<Record<`${Method} ${string}`, OperationDoc>>;

/** Says of each entry of a query what it is for; an entry that is not explained does not compile. */
export function explainQuery<E extends Readonly<Record<string, v.GenericSchema>>>(
  entries: E,
  about: Readonly<Record<keyof E, string>>,
): Readonly<Record<string, ParameterDoc>> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, schema]) => [name, { schema, about: about[name] ?? '' }]),
  );
}

/** For operations that are told nothing: an empty object, or no body at all. */
export const NO_BODY = { schema: v.strictObject({}), isOptional: true } as const;

/** For operations that answer 304 to who has what there is (RFC 9110, 13.1.2). */
export const HAVE_COPY: Readonly<Record<string, ParameterDoc>> = {
  'If-None-Match': { schema: v.string(), about: 'The `ETag` of the copy the caller has.' },
};
export const COPY_IS_GOOD: AnswerDoc = { about: 'The copy is good.', headers: { ETag: 'Names the copy.' } };
