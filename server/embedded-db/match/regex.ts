import { BSONSymbol } from 'bson';
import { compareValues, regexParts } from '../bson-value/compare-values.ts';
import { MongoError } from '../errors.ts';
import type { ValueTest } from './matcher.ts';
import { translatePcre } from './translate-pcre.ts';

/** The test of a regular expression value: strings and symbols that match it, and the very same expression stored as a value. */
export function matchesRegex(regex: unknown): ValueTest {
  const parts = regexParts(regex);
  if (parts === undefined) throw new MongoError('BadValue', '$regex has to be a string');
  const expression = compileRegex(parts.pattern, parts.options);
  return (value) => {
    const text = searchableText(value);
    if (text !== undefined) return expression.test(text);
    return regexParts(value) !== undefined && compareValues(value, regex) === 0;
  };
}

/** The text a regular expression looks at: of strings and symbols, not of code. */
export function searchableText(value: unknown): string | undefined {
  return value instanceof BSONSymbol ? value.value : typeof value === 'string' ? value : undefined;
}

/**
 * A JavaScript expression for a PCRE pattern and MongoDB's options `i m s x u`. Throws Location51108 for another option and
 * Location51091 for a pattern JavaScript cannot express.
 */
export function compileRegex(pattern: string, options: string): RegExp {
  for (const option of options) {
    if (!'imsxu'.includes(option)) {
      throw new MongoError('Location51108', `invalid flag in regex options: ${option}`);
    }
  }
  const translated = translatePcre(pattern, options);
  try {
    return new RegExp(translated.source, `${translated.flags}u`);
  } catch {
    return compileLenient(translated, pattern);
  }
}

/** Unicode mode refuses needless escapes such as `\-`, which PCRE allows. */
function compileLenient({ source, flags }: { source: string; flags: string }, pattern: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MongoError('Location51091', `Regular expression is invalid: ${reason} in ${JSON.stringify(pattern)}`);
  }
}
