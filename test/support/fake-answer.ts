import type { ErrorCode } from '../../shared/error-code.ts';

/** An answer of a fake API that is not a success; `extra` stands beside `error`. */
export class FakeRefusal {
  readonly code: ErrorCode;
  readonly extra: object;

  constructor(code: ErrorCode, extra: object = {}) {
    this.code = code;
    this.extra = extra;
  }
}

/** No body, 204. */
export const NOTHING = Symbol('nothing');
