import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Widget } from '../../../server/domain/widget.ts';
import { systemClock } from '../../../server/gateways/clock.ts';
import { ROLES, type Role } from '../../../shared/permission.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { askByClock, keysOf, SHOP } from './keys-setup.ts';

let casement: Casement;
let widget: Widget;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());
beforeEach(async () => {
  ({ widget } = await casement.createWidget({ allowlist: [SHOP] }));
});

const keysAs = (role: Role, company = widget.companyId) => keysOf({ casement, clock: systemClock }, { company, role });
const post = (role: Role, path: string, body?: object) =>
  keysAs(role).ask({ method: 'POST', path, ...(body && { body }) });

/** Everything that a refused request must leave as it is. */
async function snapshot() {
  const names = ['widget_settings', 'widget_key_rotations', 'widget_audit_log'];
  return await Promise.all(names.map((name) => casement.store.collection(name).find({}).toArray()));
}

const MAY_ROTATE: Readonly<Record<Role, readonly string[]>> = {
  owner: ['public', 'signing', 'identity'],
  admin: ['public'],
  editor: [],
  viewer: [],
  service: [],
};

describe.each(ROLES)('the role %s', (role) => {
  test.each(['public', 'signing', 'identity'])('may rotate the %s key only if the table says so', async (target) => {
    const before = await snapshot();
    const { status, json } = await post(role, '/rotate-key', { target });
    if (MAY_ROTATE[role].includes(target)) return expect(status).toBe(200);
    expect([status, json.error.code]).toEqual([403, 'PERMISSION_DENIED']);
    expect(json.error.message).toContain(`"${role}"`);
    expect(await snapshot()).toEqual(before);
  });

  test('may revoke what it may rotate', async () => {
    for (const target of ['public', 'signing', 'identity']) {
      const { rotation } = await keysAs('owner').rotate(target);
      const before = await snapshot();
      const { status } = await post(role, `/rotations/${rotation.id}/revoke`);
      if (MAY_ROTATE[role].includes(target)) expect(status).toBe(200);
      else expect([status, await snapshot()]).toEqual([403, before]);
    }
  });

  test('may see the keys unless it is a backend', async () => {
    expect((await keysAs(role).ask({ path: '/rotations' })).status).toBe(role === 'service' ? 403 : 200);
  });
});

test.each<[string, string, object]>([
  ['an unknown kind', 'target', { target: 'private' }],
  ['no kind', 'target', {}],
  ['an operator', 'target', { target: { $ne: 'public' } }],
  ['a negative overlap', 'overlapSeconds', { target: 'public', overlapSeconds: -1 }],
  ['a part of a second', 'overlapSeconds', { target: 'public', overlapSeconds: 0.5 }],
  ['an overlap in words', 'overlapSeconds', { target: 'public', overlapSeconds: '60' }],
  ['more than 30 days', 'overlapSeconds', { target: 'public', overlapSeconds: 30 * 24 * 60 * 60 + 1 }],
  ['a reason that is too long', 'reason', { target: 'public', reason: 'x'.repeat(501) }],
  ['half a character', 'reason', { target: 'public', reason: '\ud800' }],
  ['a field that is none', 'overlap', { target: 'public', overlap: 1 }],
])('refuses %s by naming "%s", and writes nothing', async (_what, field, body) => {
  const before = await snapshot();
  const { status, json } = await post('owner', '/rotate-key', body);
  expect([status, json.error.code, json.error.field]).toEqual([400, 'INVALID_REQUEST', field]);
  expect(await snapshot()).toEqual(before);
});

test('refuses what belongs to a widget that is not there', async () => {
  const answers = [
    await post('owner', '/rotate-key?widget=other', { target: 'public' }),
    await keysAs('owner').ask({ path: '/rotations?widget=other' }),
    await keysAs('owner', 'another company').ask({ path: '/rotations' }),
  ];
  expect(answers.map(({ status, json }) => [status, json.error.code])).toEqual(
    Array(3).fill([404, 'WIDGET_NOT_FOUND']),
  );
});

test('refuses more than eight keys of a kind that work at once, and makes room when one is revoked', async () => {
  const keys = keysAs('owner');
  const rotations = [];
  for (let number = 0; number < 7; number++) rotations.push((await keys.rotate('signing')).rotation);
  const before = await snapshot();
  const { status, json } = await post('owner', '/rotate-key', { target: 'signing' });
  expect([status, json.error.code]).toEqual([409, 'TOO_MANY_KEYS']);
  expect(json.error.message).toContain('"signing"');
  expect(await snapshot()).toEqual(before);
  await keys.rotate('identity');
  await keys.revoke(rotations[0]?.id ?? '');
  await keys.rotate('signing');
});

test('is not there for visitors and their pages', async () => {
  const server = { casement, clock: systemClock };
  const onWidgetOrigin = await askByClock(
    server,
    { company: widget.companyId },
    {
      path: '/rotations',
      headers: { host: casement.host },
    },
  );
  expect(onWidgetOrigin.status).toBe(404);
});
