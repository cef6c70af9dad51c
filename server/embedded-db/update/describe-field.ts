import { EJSON } from 'bson';

const LONGEST = 200;

/** `{name: value}` for an error message, cut short so that a message never carries a whole document. */
export function describeField(name: string, value: unknown): string {
  const text = `{${name}: ${EJSON.stringify(value, { relaxed: true })}}`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}
