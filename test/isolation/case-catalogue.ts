import { CONTENT_CASES } from './catalogue/content-cases.ts';
import { EMBEDDING_CASES } from './catalogue/embedding-cases.ts';
import { PREVIEW_CASES } from './catalogue/preview-cases.ts';
import { SEPARATION_CASES } from './catalogue/separation-cases.ts';
import { SERVER_CASES } from './catalogue/server-cases.ts';
import { SETTINGS_CASES } from './catalogue/settings-cases.ts';
import { WALLET_CASES } from './catalogue/wallet-cases.ts';
import { WINDOW_CASES } from './catalogue/window-cases.ts';
import type { ClaimId } from './claims.ts';

/** How a case is tried: in a real browser, by raw HTTP, by messages of a protocol, by a function, by the build. */
export const CASE_KINDS = { B: 'browser', R: 'raw HTTP', P: 'protocol', U: 'unit or property', C: 'build' } as const;

export type CaseKind = keyof typeof CASE_KINDS;

/** One attempt to break a promise. Its number never changes and is never given again, so there are gaps. */
export type IsolationCase = {
  readonly id: number;
  readonly claims: readonly [ClaimId, ...ClaimId[]];
  readonly kind: CaseKind;
  /** What is tried. */
  readonly title: string;
  /** What has to happen. */
  readonly expected: string;
  /** The files with its tests, from the root of the repository. The name of each of these tests says `case <id>`. */
  readonly where: readonly string[];
  /** Why no test tries it; then `where` is empty. */
  readonly notRun?: string;
};

/**
 * All cases, by number: the one list that the tests, `docs/isolation.md` and the report of `npm run audit` go by. Whoever
 * writes a test of a case names its file here.
 */
export const CASE_CATALOGUE: readonly IsolationCase[] = [
  ...EMBEDDING_CASES,
  ...WINDOW_CASES,
  ...SEPARATION_CASES,
  ...SERVER_CASES,
  ...CONTENT_CASES,
  ...WALLET_CASES,
  ...SETTINGS_CASES,
  ...PREVIEW_CASES,
].toSorted((one, other) => one.id - other.id);

/** The numbers that the name of a test says, such as 3 for `case 3: evil ...`. */
export function readCaseNumbers(testName: string): number[] {
  return [...testName.matchAll(/\bcase (\d+)\b/g)].map(([, number]) => Number(number));
}
