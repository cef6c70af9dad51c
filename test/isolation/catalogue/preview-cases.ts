import type { IsolationCase } from '../case-catalogue.ts';

const SESSIONS = 'test/integration/preview/preview-sessions.test.ts';
const DOCUMENT = 'test/integration/preview/preview-document.test.ts';

/** Nobody but the admin whose draft it is can open a preview, and nothing of it is left. */
export const PREVIEW_CASES: readonly IsolationCase[] = [
  {
    id: 90,
    claims: ['I5'],
    kind: 'R',
    title: 'a preview ticket is redeemed four times at once',
    expected: 'one session',
    where: [SESSIONS],
  },
  {
    id: 91,
    claims: ['I5'],
    kind: 'R',
    title: 'a preview ticket, and a preview that is open, after the draft is gone or begun anew',
    expected: 'refused',
    where: [SESSIONS],
  },
  {
    id: 92,
    claims: ['I5', 'I8'],
    kind: 'R',
    title:
      'a preview ticket without the nonce of its document, for another document, asked for by another admin, or as a ticket for a site',
    expected: 'refused, and still good for its own document',
    where: [SESSIONS],
  },
  {
    id: 93,
    claims: ['I5'],
    kind: 'R',
    title: 'a preview ticket is redeemed from a page of another origin',
    expected: '403, and the ticket is not used up',
    where: [SESSIONS],
  },
  {
    id: 94,
    claims: ['I1', 'I12'],
    kind: 'B',
    title:
      'evil, a shop and the dashboard frame the preview or the view around it, also in layers, also without a referrer',
    expected: 'refused byte for byte as every frame, or not rendered',
    where: [DOCUMENT, 'test/isolation/preview.test.ts'],
  },
  {
    id: 95,
    claims: ['I7', 'I10'],
    kind: 'R',
    title: 'what a preview leaves behind: caches, cookies, counts, caps, uses of keys',
    expected: 'nothing',
    where: [DOCUMENT, SESSIONS],
  },
  {
    id: 96,
    claims: ['I3'],
    kind: 'B',
    title: 'a host page tells an ordinary frame what a settings view tells a preview',
    expected: 'nothing changes',
    where: ['test/isolation/preview.test.ts'],
  },
];
