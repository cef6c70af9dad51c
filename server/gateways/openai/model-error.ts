import OpenAI from 'openai';
import type { ReplyFailureCode } from '../../../shared/error-code.ts';
import { ModelError } from '../model-gateway.ts';

/** Codes and types that OpenAI-compatible servers put into an error that they send as an event of a stream. */
const BY_NAME: Readonly<Record<string, ReplyFailureCode>> = {
  invalid_api_key: 'MODEL_NOT_AUTHORIZED',
  authentication_error: 'MODEL_NOT_AUTHORIZED',
  permission_error: 'MODEL_NOT_AUTHORIZED',
  rate_limit_exceeded: 'MODEL_BUSY',
  rate_limit_error: 'MODEL_BUSY',
  insufficient_quota: 'MODEL_BUSY',
  overloaded_error: 'MODEL_BUSY',
  content_filter: 'MODEL_REFUSED',
  content_policy_violation: 'MODEL_REFUSED',
  timeout_error: 'MODEL_TIMEOUT',
  service_unavailable: 'MODEL_UNAVAILABLE',
};

const BY_STATUS: Readonly<Record<number, ReplyFailureCode>> = {
  401: 'MODEL_NOT_AUTHORIZED',
  403: 'MODEL_NOT_AUTHORIZED',
  408: 'MODEL_TIMEOUT',
  429: 'MODEL_BUSY',
  502: 'MODEL_UNAVAILABLE',
  503: 'MODEL_UNAVAILABLE',
  504: 'MODEL_TIMEOUT',
  529: 'MODEL_BUSY',
};

/** Why a call failed, from the class, the status and the code of what was thrown, never from its words. */
export function toModelError(thrown: unknown): ModelError {
  if (thrown instanceof ModelError) return thrown;
  return new ModelError(codeOf(thrown), describe(thrown));
}

function codeOf(thrown: unknown): ReplyFailureCode {
  if (thrown instanceof OpenAI.APIConnectionTimeoutError) return 'MODEL_TIMEOUT';
  if (thrown instanceof OpenAI.APIConnectionError) return 'MODEL_UNAVAILABLE';
  if (thrown instanceof OpenAI.APIError) {
    const named = BY_NAME[thrown.code ?? ''] ?? BY_NAME[thrown.type ?? ''];
    return named ?? BY_STATUS[thrown.status ?? 0] ?? 'MODEL_ERROR';
  }
  // What breaks off while it is read is a TypeError of `fetch` (https://fetch.spec.whatwg.org/#concept-network-error).
  return thrown instanceof TypeError ? 'MODEL_UNAVAILABLE' : 'MODEL_ERROR';
}

/**
 * For the log: what tells the operator what to mend. The words of a 400 and of a broken chunk may quote the
 * conversation, which no log should hold.
 */
function describe(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return undefined;
  if (!(thrown instanceof OpenAI.APIError)) return { name: thrown.name };
  const { name, status, code, type, param, requestID } = thrown;
  const mayQuote = status === undefined || status === 400 || status === 422;
  const cause = thrown.cause instanceof Error ? thrown.cause : undefined;
  return {
    ...{ name, status, code, type, param, requestID },
    ...(!mayQuote && { message: thrown.message }),
    ...(cause !== undefined && { cause: cause.name, causeCode: 'code' in cause ? cause.code : undefined }),
  };
}
