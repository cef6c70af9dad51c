import type { IsolationCase } from '../case-catalogue.ts';

/** The handshake and the port between host page and frame. */
export const WINDOW_CASES: readonly IsolationCase[] = [
  {
    id: 23,
    claims: ['I3'],
    kind: 'P',
    title: '`hello` and `init` with every field wrong in every way, to the parser and to living windows',
    expected: 'dropped without a throw or an answer',
    where: [
      'test/isolation/frame-handshake.test.ts',
      'test/isolation/loader-handshake.test.ts',
      'test/isolation/window-message-fuzz.test.ts',
    ],
  },
  {
    id: 24,
    claims: ['I3'],
    kind: 'B',
    title: 'without the shadow root: a sibling frame of evil floods host page and frame with `hello` and `init`',
    expected: 'one handshake, with the right peer',
    where: ['test/isolation/flooded-handshake.test.ts'],
  },
  {
    id: 25,
    claims: ['I3'],
    kind: 'B',
    title: 'without the shadow root: the opener of the shop’s tab posts `init` right into the frame',
    expected: 'dropped, its source is not the parent',
    where: ['test/isolation/opener.test.ts'],
  },
  {
    id: 26,
    claims: ['I3', 'I4'],
    kind: 'B',
    title: 'without `frame-ancestors`: an ancestor takes over the frame between `hello` and `init`',
    expected: 'evil receives nothing',
    where: ['test/isolation/hijacked-frame.test.ts'],
  },
  {
    id: 28,
    claims: ['I3'],
    kind: 'B',
    title: 'a script dispatches the peer’s message itself',
    expected: 'dropped, it is not trusted',
    where: ['test/isolation/frame-handshake.test.ts', 'test/isolation/loader-handshake.test.ts'],
  },
  {
    id: 29,
    claims: ['I3'],
    kind: 'P',
    title: 'a second handshake on the same windows',
    expected: 'ignored; the first port keeps working; no listener is left',
    where: ['test/isolation/frame-handshake.test.ts', 'test/isolation/loader-handshake.test.ts'],
  },
  {
    id: 31,
    claims: ['I3'],
    kind: 'B',
    title: 'the iframe is removed and messages come afterwards',
    expected: 'dropped; a missing source equals no missing window',
    where: ['test/isolation/removed-frame.test.ts'],
  },
  {
    id: 32,
    claims: ['I3', 'I4'],
    kind: 'P',
    title: '100,000 random messages over the port, both ways',
    expected: 'unknown types close the port, sizes are clamped, no type carries markup, an address to open, or a token',
    where: [
      'test/browser/loader/broken-port.test.ts',
      'test/isolation/broken-port.test.ts',
      'test/isolation/port-fuzz.test.ts',
    ],
  },
  {
    id: 33,
    claims: ['I2', 'I3'],
    kind: 'B',
    title:
      'host page, advertisement frame, opener and ancestor look for the window of the widget; two widgets share a page',
    expected: 'nobody finds it; two channels, and no message crosses',
    where: [
      'test/browser/loader/host-page.test.ts',
      'test/isolation/hidden-window.test.ts',
      'test/isolation/visible-window.test.ts',
    ],
  },
  {
    id: 34,
    claims: ['I4', 'I6'],
    kind: 'C',
    title: 'the shipped files post to `*`, or make text into markup or code',
    expected: 'nothing of the kind is in them',
    where: ['test/isolation/shipped-code.test.ts'],
  },
];
