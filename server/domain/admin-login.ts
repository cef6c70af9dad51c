import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as v from 'valibot';
import { ROLES, type Role } from '../../shared/permission.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import { LoginKeysError } from '../gateways/login-keys.ts';

/** How the company's own login signs and names things. */
export type LoginRules = {
  readonly algorithm: string;
  readonly issuer: string | undefined;
  readonly audience: string | undefined;
  readonly maxAgeSeconds: number;
  readonly companyClaim: string;
  readonly roleClaim: string;
};

/** What a token of the login says about its bearer. */
export type AdminIdentity = { readonly companyId: string; readonly subject: string; readonly role: Role };

export type AdminLogin = {
  /**
   * Whom the token vouches for. Throws AppError `ADMIN_TOKEN_EXPIRED`, `ADMIN_TOKEN_INVALID`, or `LOGIN_UNAVAILABLE` if
   * the keys to verify it cannot be had now.
   */
  verify(token: string): Promise<AdminIdentity>;
};

type Dependencies = {
  readonly rules: LoginRules;
  /** The shared secret, or where the public keys come from. */
  readonly key: Uint8Array | JWTVerifyGetKey;
  readonly clock: Clock;
};

const LONGEST_TOKEN = 8_192;
const CLOCK_TOLERANCE_SECONDS = 30;

/** A name that can be shown, stored and logged. */
const LONGEST_QUOTE = 200;

const nameSchema = v.pipe(v.string(), v.maxLength(200), v.regex(/^[^\p{Cc}\p{Cs}]+$/u));
const companySchema = v.union([nameSchema, v.pipe(v.number(), v.safeInteger(), v.transform(String))]);
const roleSchema = v.picklist(ROLES);

/** Verifies the tokens of one login: one kind of key, one algorithm, whatever a token says about itself. */
export function createAdminLogin({ rules, key, clock }: Dependencies): AdminLogin {
  const options = {
    algorithms: [rules.algorithm],
    ...(rules.issuer !== undefined && { issuer: rules.issuer }),
    ...(rules.audience !== undefined && { audience: rules.audience }),
    // jose accepts a token without an end; we do not.
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  };

  async function readClaims(token: string): Promise<JWTPayload> {
    requirePlainHeader(token);
    const now = { ...options, currentDate: clock.now() };
    // jose has one signature for a key and one for a function.
    const { payload } = key instanceof Uint8Array ? await jwtVerify(token, key, now) : await jwtVerify(token, key, now);
    return payload;
  }

  return {
    async verify(token) {
      const claims = await readClaims(token).catch((cause: unknown) => {
        throw toAppError(cause);
      });
      requireShortLife(claims, rules.maxAgeSeconds, clock.now());
      return {
        companyId: readClaim(claims, rules.companyClaim, companySchema),
        subject: readClaim(claims, 'sub', nameSchema),
        role: readRole(claims, rules.roleClaim),
      };
    },
  };
}

/** Header parameters by which a token would choose its own key, or ask for more than is understood (RFC 7515, 4.1). */
const REFUSED_PARAMETERS = ['jku', 'jwk', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'crit', 'b64', 'zip'];
const KEY_ID = /^[\w.-]{1,64}$/;

function requirePlainHeader(token: string): void {
  if (token.length > LONGEST_TOKEN) throw new errors.JWTInvalid('The token is too long');
  const header = decodeProtectedHeader(token);
  const refused = REFUSED_PARAMETERS.find((name) => name in header);
  if (refused !== undefined) throw new errors.JWTInvalid(`The header has "${refused}"`);
  const isKeyId = header.kid === undefined || (typeof header.kid === 'string' && KEY_ID.test(header.kid));
  if (!isKeyId) throw new errors.JWTInvalid('The key id is malformed');
}

/** Bounds tokens that live longer than anybody would want a lost one to work; what they say is signed, so it is said. */
function requireShortLife({ exp = 0, iat }: JWTPayload, maxAgeSeconds: number, now: Date): void {
  const seconds = now.getTime() / 1000;
  const longest = maxAgeSeconds + CLOCK_TOLERANCE_SECONDS;
  if (exp - seconds > longest || (iat !== undefined && seconds - iat > longest)) {
    throw new AppError('ADMIN_TOKEN_INVALID', { message: `The token is valid for more than ${maxAgeSeconds} seconds` });
  }
}

function readClaim<S extends v.GenericSchema<unknown, string>>(claims: JWTPayload, name: string, schema: S): string {
  const claim = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const result = v.safeParse(schema, claim);
  if (result.success) return result.output;
  throw refuseClaim(name, claim, 'not a name');
}

/** A role of ours, or of a list the most powerful one. */
function readRole(claims: JWTPayload, name: string): Role {
  const claim = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const named: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  const role = ROLES.find((candidate) => named.includes(candidate));
  if (role !== undefined) return v.parse(roleSchema, role);
  throw refuseClaim(name, claim, `none of: ${ROLES.join(', ')}`);
}

/**
 * Which of the checks of a signature failed is nobody's business; it is in the log as the cause. Claims are read when the
 * signature was right, so whoever runs the login may be told of them.
 */
function toAppError(cause: unknown): AppError {
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const { claim, payload } = cause;
    return refuseClaim(claim, payload[claim], 'not accepted here', cause);
  }
  if (cause instanceof errors.JWTExpired) return new AppError('ADMIN_TOKEN_EXPIRED', { cause });
  const isOurs = [LoginKeysError, errors.JWKSTimeout, errors.JWKSInvalid].some((kind) => cause instanceof kind);
  return new AppError(isOurs || isMalformedSet(cause) ? 'LOGIN_UNAVAILABLE' : 'ADMIN_TOKEN_INVALID', { cause });
}

/** What jose throws when the answer is no JSON. */
function isMalformedSet(cause: unknown): boolean {
  return cause instanceof errors.JOSEError && cause.code === 'ERR_JOSE_GENERIC';
}

/** A token that is signed as it should be and says something else, with what it says. */
function refuseClaim(name: string, claim: unknown, why: string, cause?: unknown): AppError {
  const said = JSON.stringify(typeof claim === 'number' ? String(claim) : claim) ?? '';
  const quoted = said.length > LONGEST_QUOTE ? `${said.slice(0, LONGEST_QUOTE)}…` : said;
  const message =
    claim === undefined
      ? `The token has no claim "${name}"`
      : `The claim "${name}" of the token is ${quoted}, which is ${why}`;
  return new AppError('ADMIN_TOKEN_INVALID', { message, cause });
}
