import { API_BASE } from '../shared/api-path.ts';
import type { VariableName } from './config-variables.ts';

/** Names a company may already have from a Next.js front end, and the variable each stands for. */
const ALIASES: Readonly<Record<string, VariableName>> = {
  NEXT_PUBLIC_API_BASE_URL: 'PUBLIC_URL',
  NEXT_PUBLIC_CDN_URL: 'CDN_BASE_URL',
  NEXT_PUBLIC_AI_API_KEY: 'AI_API_KEY',
};

type Given = Readonly<Record<string, string | undefined>>;

/**
 * Fills variables that are absent from their aliases. `sources` says for a variable which alias it came from. Warns of
 * an alias that is overruled, and loudly of a key that Next.js publishes.
 */
export function understandAliases(given: Given): {
  readonly variables: Given;
  readonly sources: Readonly<Partial<Record<string, string>>>;
  readonly warnings: readonly string[];
} {
  const variables: Record<string, string | undefined> = { ...given };
  const sources: Partial<Record<string, string>> = {};
  const warnings: string[] = [];
  for (const [alias, name] of Object.entries(ALIASES)) {
    const value = given[alias];
    if (value === undefined) continue;
    if (alias === 'NEXT_PUBLIC_AI_API_KEY') warnings.push(PUBLISHED_KEY_WARNING);
    if (given[name] !== undefined) {
      if (given[name] !== value) warnings.push(`${name} and ${alias} are both set and differ; ${name} is used`);
      continue;
    }
    variables[name] = name === 'PUBLIC_URL' ? withoutApiPath(value) : value;
    sources[name] = alias;
  }
  return { variables, sources, warnings };
}

const PUBLISHED_KEY_WARNING =
  'NEXT_PUBLIC_AI_API_KEY: Next.js writes every NEXT_PUBLIC_ variable into the JavaScript it sends to all visitors, so ' +
  'this key may be public already. Revoke it, make a new one, and give it to the server only, as AI_API_KEY.';

/** A front end names the API's base; what counts here is the origin before it. */
function withoutApiPath(url: string): string {
  const trimmed = url.replace(/\/$/, '');
  return trimmed.endsWith(API_BASE) ? trimmed.slice(0, -API_BASE.length) : trimmed;
}
