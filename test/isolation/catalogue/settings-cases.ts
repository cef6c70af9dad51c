import type { IsolationCase } from '../case-catalogue.ts';

const EMBEDDERS = 'test/isolation/settings-embedders.test.ts';
const FORGERY = 'test/isolation/settings-forgery.test.ts';

/** Only a listed dashboard shows the settings view, and only whoever holds a token of the company does anything with it. */
export const SETTINGS_CASES: readonly IsolationCase[] = [
  {
    id: 80,
    claims: ['I1'],
    kind: 'B',
    title: 'a listed dashboard mounts the settings view',
    expected: 'it is shown, and works with the dashboard’s token',
    where: [EMBEDDERS],
  },
  {
    id: 81,
    claims: ['I1', 'I8', 'I12'],
    kind: 'B',
    title:
      'evil, a site that embeds the chat, a sibling of the same site, sandboxed and srcdoc documents, and pages without a referrer frame the settings view',
    expected: 'refused by the server, and by the browser where a proxy makes the request look honest',
    where: [EMBEDDERS],
  },
  {
    id: 82,
    claims: ['I1', 'I8'],
    kind: 'B',
    title: 'evil frames the dashboard with the view; the dashboard frames evil with the view',
    expected: 'not rendered, or refused',
    where: [EMBEDDERS],
  },
  {
    id: 83,
    claims: ['I1', 'I12'],
    kind: 'R',
    title: 'the view is asked for by every request that no honest browser makes for a dashboard’s iframe',
    expected: 'the same bytes as for every refused frame',
    where: ['test/integration/server/settings-view.test.ts'],
  },
  {
    id: 84,
    claims: ['I8', 'I12'],
    kind: 'R',
    title: 'the chat’s origin asks the settings origin for every admin route and for the view, with an owner’s token',
    expected: '403',
    where: [FORGERY],
  },
  {
    id: 85,
    claims: ['I5', 'I8'],
    kind: 'B',
    title:
      'tokens of another company, of another audience, expired, of a role that was lowered; a token that ends in the middle of an edit',
    expected: 'refused with a code of its own, nothing changed, no edit lost',
    where: [FORGERY],
  },
  {
    id: 86,
    claims: ['I8'],
    kind: 'B',
    title:
      'evil, in the browser of a signed-in admin, publishes, rotates and revokes by fetch, beacon and form, with credentials',
    expected: 'refused, nothing changed, nothing readable; there is no cookie to ride on',
    where: [FORGERY],
  },
  {
    id: 87,
    claims: ['I1', 'I8'],
    kind: 'B',
    title: 'evil lays an invisible frame of the dashboard with the view under a button',
    expected: 'no click reaches the view, because it is not rendered',
    where: [EMBEDDERS],
  },
  {
    id: 88,
    claims: ['I3', 'I4'],
    kind: 'B',
    title: 'another frame in the dashboard says hello and asks for a token',
    expected: 'no port, no token',
    where: [FORGERY],
  },
];
