import type { DefaultContextExtends, ParameterizedContext } from 'koa';
import type { Logger } from 'pino';
import type { SigningKey } from '../domain/answer-signer.ts';
import type { Allowance } from '../errors.ts';

export type RequestState = {
  /** Put here by the first middleware. The log line of everything written through `log` carries the id. */
  requestId: string;
  log: Logger;
  /** The keys to sign the answer with; put here by whoever knows that the caller may have a signed one. */
  findSigningKeys?: () => readonly SigningKey[] | Promise<readonly SigningKey[]>;
  /** The limit the answer tells of. */
  allowance?: Allowance;
  /** On an admin route: the listed dashboard whose page asks, or `nobody`. */
  sharedWith?: string;
};

export type RequestContext = ParameterizedContext<RequestState, DefaultContextExtends>;

/** A request that matched a route; `params` are the named parts of its path. */
export type RouteContext = RequestContext & { params: Record<string, string> };
