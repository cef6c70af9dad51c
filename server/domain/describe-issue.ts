import type * as v from 'valibot';

const LONGEST_QUOTE = 100;

/** What only its sender should know is not repeated, not even to them: an answer may end up in a log. */
const SECRET_FIELDS: readonly unknown[] = ['ticket', 'jwt', 'resume', 'token'];

/** Of a value that has to be of another kind. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  null: 'nothing',
};

/** What a schema that has no words of its own asks for. */
const FORMS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  url: 'a web address',
  iso_timestamp: 'a moment such as "2026-01-31T09:00:00Z"',
  integer: 'a whole number',
};

/**
 * What a schema found wrong with a value: words that follow the name of its field, with the value in quotes. A schema's
 * own message has to say what is needed, such as `a colour such as "#0059ff"`.
 */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const { kind, type, expected, message } = issue;
  if (type === 'strict_object' && expected === 'never') return 'is not a known field';
  if (type === 'strict_object' && expected !== 'Object') return 'is missing';
  const value = wrongValueOf(issue);
  if (value === undefined) return message.startsWith('needed') ? `is ${message}` : 'is missing';
  const measured = describeMeasure(issue, value);
  if (measured !== undefined) return measured;
  const quoted = quote(issue, value);
  if (/^\(?"/.test(expected ?? '') && kind === 'schema') return `${quoted} is none of ${listOf(expected ?? '')}`;
  if (kind === 'schema' && type !== 'custom') return describeKind(quoted, value, type);
  const needed = message.startsWith('Invalid ') ? (FORMS[type] ?? 'of the right form') : message;
  return typeof value === 'object' ? `needs ${needed}` : `${quoted} is not ${needed}`;
}

/** A sentence of the field and what is wrong with it. */
export function describeField(field: string, description: string): string {
  return /^(is|has|needs) /.test(description) ? `"${field}" ${description}` : `"${field}": ${description}`;
}

/** Where what was found is about the name of a field, the name. */
function wrongValueOf({ path, input }: v.BaseIssue<unknown>): unknown {
  const last = path?.at(-1);
  if (last === undefined) return input;
  return last.type === 'object' && last.origin === 'key' ? last.key : last.value;
}

/** What is too much or too little of. */
function describeMeasure({ type, requirement }: v.BaseIssue<unknown>, value: unknown): string | undefined {
  if (type === 'min_value') return `"${value}" is less than ${requirement}`;
  if (type === 'max_value') return `"${value}" is more than ${requirement}`;
  if (type === 'max_bytes') return `has "${Buffer.byteLength(String(value))}" bytes, and ${requirement} are the most`;
  if (type !== 'min_length' && type !== 'max_length') return undefined;
  const things = Array.isArray(value) ? 'entries' : 'characters';
  const length = Array.isArray(value) || typeof value === 'string' ? value.length : 0;
  if (length === 0 || String(value).trim() === '') return 'is empty';
  return `has "${length}" ${things}, and ${requirement} are the ${type === 'min_length' ? 'least' : 'most'}`;
}

function describeKind(quoted: string, value: unknown, type: string): string {
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const needed = KINDS[type] ?? 'an object';
  const given = KINDS[kind] ?? 'an object';
  return quoted === '' ? `is ${given}, not ${needed}` : `${quoted} is ${given}, not ${needed}`;
}

/** Lists and objects are not repeated. */
function quote({ path }: v.BaseIssue<unknown>, value: unknown): string {
  if (path?.some(({ key }) => SECRET_FIELDS.includes(key))) return 'the value';
  if (typeof value === 'string') return JSON.stringify(cut(value));
  return typeof value === 'object' ? '' : `"${value}"`;
}

function cut(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** `("light" | "dark")` as valibot writes it, as people do. */
function listOf(expected: string): string {
  return expected.replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ', ');
}
