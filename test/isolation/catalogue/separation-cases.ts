import type { IsolationCase } from '../case-catalogue.ts';

/** What host page, frame and sites must not have of each other. */
export const SEPARATION_CASES: readonly IsolationCase[] = [
  {
    id: 35,
    claims: ['I2'],
    kind: 'B',
    title: 'a script in the frame reaches for the host page, its window, downloads, dialogs, the pointer, the camera',
    expected: 'each is refused',
    where: ['test/isolation/frame-sandbox.test.ts'],
  },
  {
    id: 36,
    claims: ['I2', 'I4'],
    kind: 'B',
    title: 'a host page that spies on the loader looks for the ticket, the token and the conversation',
    expected: 'refused or empty',
    where: ['test/isolation/host-view.test.ts'],
  },
  {
    id: 38,
    claims: ['I2', 'I7'],
    kind: 'B',
    title: 'one key on two listed sites, storage partitioned as visitors’ browsers do',
    expected: 'cookies and storage do not cross',
    where: ['test/isolation/site-storage.test.ts'],
  },
  {
    id: 39,
    claims: ['I2', 'I7'],
    kind: 'B',
    title: 'every storage API throws',
    expected: 'the chat works for the tab’s life',
    where: ['test/isolation/blocked-storage.test.ts'],
  },
  {
    id: 40,
    claims: ['I4'],
    kind: 'R',
    title: 'logs, referrers, error pages and addresses of streams are searched for tickets, tokens and logins',
    expected: 'none is there',
    where: ['test/browser/frame/content.test.ts', 'test/integration/server/log-secrecy.test.ts'],
  },
  {
    id: 41,
    claims: ['I5'],
    kind: 'R',
    title: 'a session token after logout, after expiry, after its key or its site was taken away, or changed',
    expected: '401 with a code of its own, everywhere within five seconds',
    where: ['test/integration/keys/two-processes.test.ts', 'test/integration/server/sessions.test.ts'],
  },
];
