import { expect, test } from 'vitest';
import { isAllowed } from '../../../../shared/allowlist.ts';
import { parseOrigin } from '../../../../shared/origin.ts';
import { examplesOf } from './examples-of.ts';

const ENTRY = 'https://*.shop.example';
const { admitted, refused } = examplesOf(ENTRY);

const isAdmitted = (text: string) => {
  const origin = parseOrigin(text);
  if (origin === undefined) throw new Error(`"${text}" is not an origin`);
  return isAllowed(origin, [ENTRY]);
};

test.each(admitted)('%s is admitted, as the example says', (origin) => {
  expect(isAdmitted(origin)).toBe(true);
});

test.each(refused)('$origin is not, as the example says', ({ origin }) => {
  expect(isAdmitted(origin)).toBe(false);
});
