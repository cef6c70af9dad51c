import type { IsolationCase } from '../case-catalogue.ts';

/** Credits, which the product does not have yet. */
export const WALLET_CASES: readonly IsolationCase[] = [
  {
    id: 62,
    claims: ['I9'],
    kind: 'R',
    title: '50 spends at once of a balance of 10',
    expected: 'exactly 10 succeed',
    where: [],
    notRun: 'there is no wallet yet',
  },
  {
    id: 63,
    claims: ['I9'],
    kind: 'R',
    title: 'a grant is replayed, also with another body, also after a crash',
    expected: 'one receipt; no credit lost or doubled',
    where: [],
    notRun: 'there is no wallet yet',
  },
  {
    id: 65,
    claims: ['I9'],
    kind: 'R',
    title: 'amounts that are negative, no number, too large, or an operator',
    expected: '400',
    where: [],
    notRun: 'there is no wallet yet',
  },
];
