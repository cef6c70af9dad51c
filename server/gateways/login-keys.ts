import { lookup as resolve } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

const TIMEOUT_MS = 3_000;
/** How long fetched keys are used, and how soon a token with an unknown key may make us fetch them again. */
const KEYS_MAX_AGE_MS = 10 * 60_000;
const REFETCH_AFTER_MS = 30_000;
/** How long nothing is fetched after a failure, however many tokens come. */
const COOL_DOWN_MS = 5_000;
const MOST_BYTES = 256 * 1024;

/** The keys of the login could not be had; that says nothing about the token. */
export class LoginKeysError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LoginKeysError';
  }
}

type LoginKeysOptions = {
  readonly url: string;
  /** Outside production a login on this machine may be asked; a private address never. */
  readonly allowsLoopback: boolean;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  readonly timeoutMs?: number;
};

/**
 * The public keys of the company's login, a JWK Set (RFC 7517) that is fetched when it is needed and kept for ten minutes.
 * The address is checked after the name was resolved, so that no name can lead into our own network; redirects are not
 * followed. Rejects with a LoginKeysError, or with jose's error when no key of the set fits.
 */
export function createLoginKeys({
  url,
  allowsLoopback,
  now = () => performance.now(),
  timeoutMs = TIMEOUT_MS,
}: LoginKeysOptions): JWTVerifyGetKey {
  const isAllowed = (address: string) => isPublicAddress(address) || (allowsLoopback && isLoopbackAddress(address));
  let failedAt = Number.NEGATIVE_INFINITY;

  return createRemoteJWKSet(new URL(url), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    cooldownDuration: REFETCH_AFTER_MS,
    async [customFetch](href, { signal, headers }) {
      if (now() - failedAt < COOL_DOWN_MS) throw new LoginKeysError('The keys could not be fetched a moment ago');
      try {
        const body = await fetchBody(new URL(href), { signal, headers: Object.fromEntries(headers), isAllowed });
        return new Response(body);
      } catch (cause) {
        failedAt = now();
        throw cause instanceof LoginKeysError ? cause : new LoginKeysError('The keys could not be fetched', cause);
      }
    },
  });
}

type FetchOptions = {
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
  readonly isAllowed: (address: string) => boolean;
};

/** The body of a 200, read whole. Everything else rejects. */
function fetchBody(url: URL, { signal, headers, isAllowed }: FetchOptions): Promise<string> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw new LoginKeysError('The address of the keys is private');
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((fulfil, reject) => {
    const sent = request(url, { signal, headers, agent: false, lookup: lookupAllowed(isAllowed) }, (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      if (answer.statusCode !== 200) {
        answer.destroy(new LoginKeysError(`The keys were answered with status ${answer.statusCode}`));
      }
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > MOST_BYTES) answer.destroy(new LoginKeysError('The keys are too many'));
      });
      answer.on('error', reject);
      answer.on('end', () => fulfil(Buffer.concat(chunks).toString('utf8')));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Resolves a name as usual and refuses it if any of its addresses is not allowed. */
function lookupAllowed(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const isPrivate = first === undefined || !addresses.every(({ address }) => isAllowed(address));
      if (error !== null) callback(error, '');
      else if (isPrivate) callback(new LoginKeysError('The address of the keys is private'), '');
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
