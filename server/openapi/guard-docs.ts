import * as v from 'valibot';
import type { ErrorCode } from '../../shared/error-code.ts';
import type { GuardName } from '../http/guarded-router.ts';
import type { ParameterDoc } from './operation.ts';
import { ORIGIN_PATTERN } from './patterns.ts';

/** Where a route answers: everywhere, or on one of the two origins. */
export type Surface = 'widget' | 'settings' | 'both';

/** What follows for every route of a guard. */
export type GuardDoc = {
  readonly surface: Surface;
  /** Any one of these is enough (https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object). */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly errors: readonly ErrorCode[];
  /** Refusals that are answered as a page, for they are shown in an iframe. */
  readonly pages?: readonly ErrorCode[];
  /** Headers of the request, for methods that change something. */
  readonly writeHeaders?: Readonly<Record<string, ParameterDoc>>;
  readonly headers?: Readonly<Record<string, ParameterDoc>>;
  /** Whether successes tell what is left of the limit. */
  readonly tellsLimit: boolean;
  /** Whether JSON answers are signed, and always so. */
  readonly signs: 'always' | 'with-key' | 'never';
};

const originHeader = (about: string): Readonly<Record<string, ParameterDoc>> => ({
  Origin: { schema: v.pipe(v.string(), v.regex(new RegExp(ORIGIN_PATTERN))), about },
});
const ownOrigin = originHeader("The widget origin itself. Browsers send it with the frame's own requests.");

/** Whatever is asked may be ambiguous, meet a server that is stopping, or find a mistake of ours. */
export const EVERYWHERE: readonly ErrorCode[] = ['INVALID_REQUEST', 'SHUTTING_DOWN', 'INTERNAL'];
const GUARDED: readonly ErrorCode[] = ['MISDIRECTED_REQUEST', 'STORE_UNAVAILABLE'];

export const GUARD_DOCS: Readonly<Record<GuardName, GuardDoc>> = {
  public: { surface: 'both', security: [], errors: [], tellsLimit: false, signs: 'never' },
  reader: {
    surface: 'widget',
    security: [{}, { companyLogin: [] }],
    errors: [
      ...GUARDED,
      'EMBED_REFUSED',
      'ADMIN_TOKEN_INVALID',
      'ADMIN_TOKEN_EXPIRED',
      'PERMISSION_DENIED',
      'LOGIN_UNAVAILABLE',
      'RATE_LIMITED',
    ],
    headers: originHeader('The page that asks, as its browser names it. A backend sends none, but a token.'),
    tellsLimit: false,
    signs: 'with-key',
  },
  'claimed-embedder': {
    surface: 'widget',
    security: [],
    errors: GUARDED,
    pages: ['EMBED_REFUSED', 'RATE_LIMITED'],
    tellsLimit: false,
    signs: 'never',
  },
  'claimed-dashboard': {
    surface: 'settings',
    security: [],
    errors: GUARDED,
    pages: ['EMBED_REFUSED', 'RATE_LIMITED'],
    tellsLimit: false,
    signs: 'never',
  },
  'claimed-preview': {
    surface: 'widget',
    security: [],
    errors: GUARDED,
    pages: ['EMBED_REFUSED', 'RATE_LIMITED'],
    tellsLimit: false,
    signs: 'never',
  },
  frame: {
    surface: 'widget',
    security: [],
    errors: [...GUARDED, 'CROSS_SITE_REQUEST', 'RATE_LIMITED'],
    writeHeaders: ownOrigin,
    tellsLimit: true,
    signs: 'always',
  },
  visitor: {
    surface: 'widget',
    security: [{ session: [] }],
    errors: [
      ...GUARDED,
      'CROSS_SITE_REQUEST',
      'SESSION_MISSING',
      'SESSION_INVALID',
      'SESSION_EXPIRED',
      'SESSION_ENDED',
      'KEY_REVOKED',
      'ORIGIN_NOT_ALLOWED',
      'RATE_LIMITED',
    ],
    writeHeaders: ownOrigin,
    tellsLimit: true,
    signs: 'always',
  },
  admin: {
    surface: 'settings',
    security: [{ companyLogin: [] }],
    errors: [
      ...GUARDED,
      'CROSS_SITE_REQUEST',
      'ADMIN_TOKEN_MISSING',
      'ADMIN_TOKEN_INVALID',
      'ADMIN_TOKEN_EXPIRED',
      'LOGIN_UNAVAILABLE',
      'PERMISSION_DENIED',
      'RATE_LIMITED',
    ],
    tellsLimit: true,
    signs: 'with-key',
  },
};
