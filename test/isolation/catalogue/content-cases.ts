import type { IsolationCase } from '../case-catalogue.ts';

/** What models, visitors and host pages write. */
export const CONTENT_CASES: readonly IsolationCase[] = [
  {
    id: 52,
    claims: ['I6'],
    kind: 'B',
    title: 'replies with images, styles and markup of every kind, also in 200 pieces',
    expected: 'no request to evil; none to our own server beside the chat',
    where: ['test/browser/frame/content.test.ts', 'test/isolation/model-output.test.ts'],
  },
  {
    id: 54,
    claims: ['I6'],
    kind: 'B',
    title: 'links with `javascript:`, `data:` and other schemes, also encoded',
    expected: 'text only',
    where: ['test/browser/frame/content.test.ts'],
  },
  {
    id: 55,
    claims: ['I6', 'I10'],
    kind: 'B',
    title:
      'bidirectional controls, invisible characters, 100,000 combining marks, a line of 1 MB, 10,000 nested quotes',
    expected: 'stripped or cut; the frame goes on',
    where: ['test/browser/frame/content.test.ts'],
  },
  {
    id: 56,
    claims: ['I6'],
    kind: 'B',
    title: 'a renderer that sets `innerHTML`',
    expected: 'a TypeError; the page is safe; the violation is reported',
    where: ['test/isolation/trusted-types.test.ts'],
  },
  {
    id: 57,
    claims: ['I6'],
    kind: 'B',
    title: 'a host page’s context orders the model about, and it forges an identity',
    expected: 'words apart from the system’s, which says that anybody may have written them; the identity is refused',
    where: [
      'test/integration/chat/context.test.ts',
      'test/integration/keys/identity.test.ts',
      'test/isolation/host-words.test.ts',
    ],
  },
];
