import type { Facts, Finding } from './finding.ts';

const LEAST_BYTES = 32;
/** What 32 random bytes are worth in the estimate below, in any usual spelling, with room to spare. */
const LEAST_BITS = 96;
const WELL_KNOWN =
  /secret|change-?_?me|passwor[dt]|passphrase|example|default|casement|insecure|development|qwert|letmein|placeholder|replace|your-|openssl|12345678|abcdefgh/i;

const CURE = 'Make a new one with: openssl rand -base64 48';

type Secret = { readonly variable: string; readonly value: string };

/** The secrets of this server, as they were given. None of the sentences has one in it, not even a part. */
export function checkSecrets({ environment }: Pick<Facts, 'environment'>): readonly Finding[] {
  const secrets = secretsOf(environment);
  return [...secrets.flatMap(findWeakness), ...findReuse(secrets), ...findPublished(environment)];
}

function secretsOf(environment: Facts['environment']): readonly Secret[] {
  const single = ['SESSION_SECRET', 'JWT_SECRET'].map((variable) => ({ variable, value: environment[variable] ?? '' }));
  const keys = (environment.SECRETS_KEY ?? '').split(',').map((entry) => {
    const [, version, value = entry] = /^(v\d+):(.*)$/.exec(entry.trim()) ?? [];
    return { variable: version === undefined ? 'SECRETS_KEY' : `SECRETS_KEY (${version})`, value: value.trim() };
  });
  return [...single, ...keys].filter(({ value }) => value !== '');
}

function findWeakness({ variable, value }: Secret): readonly Finding[] {
  const why = whyWeak(value);
  if (why === undefined) return [];
  const message = `${variable} can be guessed: ${why}`;
  return [{ code: 'SECRET_WEAK', severity: 'error', variable, message, cure: CURE }];
}

function whyWeak(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret);
  if (bytes < LEAST_BYTES) return `it has "${bytes}" bytes, and ${LEAST_BYTES} are the least`;
  if (WELL_KNOWN.test(secret)) return 'it has a word in it that everybody tries first';
  const bits = estimateBits(secret);
  if (bits < LEAST_BITS) return `it repeats itself, and is worth about "${Math.round(bits)}" bits of ${LEAST_BITS}`;
  return undefined;
}

/** How surprising the characters are (https://en.wikipedia.org/wiki/Entropy_(information_theory)); a row is no surprise. */
function estimateBits(secret: string): number {
  const characters = [...secret];
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  const bitsEach = [...counts.values()]
    .map((count) => count / characters.length)
    .reduce((bits, share) => bits - share * Math.log2(share), 0);
  return bitsEach * characters.filter((character, index) => !isNextInRow(characters[index - 1], character)).length;
}

function isNextInRow(before: string | undefined, character: string): boolean {
  if (before === undefined) return false;
  return Math.abs(character.charCodeAt(0) - before.charCodeAt(0)) <= 1;
}

function findReuse(secrets: readonly Secret[]): readonly Finding[] {
  return secrets.flatMap(({ variable, value }, index): readonly Finding[] => {
    const first = secrets.findIndex((other) => other.value === value);
    if (first === index) return [];
    const message = `${variable} is the same as ${secrets[first]?.variable}: whoever knows one knows both`;
    return [{ code: 'SECRET_REUSED', severity: 'error', variable, message, cure: CURE }];
  });
}

/** Next.js writes every `NEXT_PUBLIC_` variable into the JavaScript that all visitors get. */
function findPublished(environment: Facts['environment']): readonly Finding[] {
  return Object.entries(environment)
    .filter(([name, value]) => /^NEXT_PUBLIC_.*(KEY|SECRET|TOKEN|PASSWORD)/.test(name) && value !== undefined)
    .filter(([, value]) => !value?.startsWith('PUB_'))
    .map(([variable]) => ({
      code: 'SECRET_PUBLISHED',
      severity: 'error',
      variable,
      message: `"${variable}" begins with "NEXT_PUBLIC_": Next.js sends its value to every visitor, so it may be public already`,
      cure: `Revoke it, make a new one, and give it to the server only, as ${variable.replace('NEXT_PUBLIC_', '')}`,
    }));
}
