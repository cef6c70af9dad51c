import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Widget } from '../../../server/domain/widget.ts';
import { systemClock } from '../../../server/gateways/clock.ts';
import { askFrame, openVisitor, readBoot } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { keysOf, SHOP } from './keys-setup.ts';

let casement: Casement;
let widget: Widget;
let publicKey: string;
let keys: ReturnType<typeof keysOf>;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());
beforeEach(async () => {
  ({ widget, publicKey } = await casement.createWidget({ allowlist: [SHOP] }));
  keys = keysOf({ casement, clock: systemClock }, { company: widget.companyId });
});

test('rotations at the same time each make one key or none, and leave one active and every one recorded', async () => {
  const rotateOnce = () =>
    keys.ask({ method: 'POST', path: '/rotate-key', body: { target: 'public', overlapSeconds: 0 } });
  const answers = await Promise.all(Array.from({ length: 12 }, rotateOnce));
  const made = answers.filter(({ status }) => status === 200).map(({ json }) => json.key.id);
  const refused = answers.filter(({ status }) => status !== 200).map(({ json }) => json.error.code);
  expect(made.length).toBeGreaterThan(0);
  expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? ['ROTATION_CONFLICT'] : []));

  const listed = await keys.list();
  const publicKeys = listed.keys.filter(({ target }) => target === 'public');
  expect(publicKeys.filter(({ state }) => state === 'active').map(({ id }) => id)).toHaveLength(1);
  expect(publicKeys.map(({ id }) => id).sort()).toEqual([publicKey, ...made].sort());
  expect(listed.rotations.map(({ newKeyId }) => newKeyId).sort()).toEqual([...made].sort());
  // Each one replaced the one before: a chain without a gap and without a fork.
  const olds = listed.rotations.map(({ oldKeyId }) => oldKeyId);
  expect(new Set(olds).size).toBe(made.length);
  expect(olds).toContain(publicKey);
});

test('saving settings and rotating keys at the same time lose nothing of each other', async () => {
  const { json: before } = await keys.ask({ path: '/settings' });
  const theme = { ...before.settings.theme, primary: '#123456' };
  const body = { expectedVersion: before.version, settings: { ...before.settings, theme } };
  const [saved, rotated] = await Promise.all([
    keys.ask({ method: 'POST', path: '/settings', body }),
    keys.rotate('public'),
  ]);
  expect(saved.status).toBe(200);
  const { json: after } = await keys.ask({ path: '/settings' });
  expect(after.settings.theme.primary).toBe('#123456');
  expect(after.publicKeys.map(({ publicKey: id }: { publicKey: string }) => id)).toEqual([publicKey, rotated.key.id]);
});

test('case 46: of 200 pages that load during a rotation none is refused, and each stays with the key it asked for', async () => {
  const rotating = keys.rotate('public', { overlapSeconds: 60 });
  const load = async () => {
    const frame = await askFrame(casement, { publicKey, origin: SHOP });
    const config = await rawRequest({
      port: casement.port,
      path: `/api/v1/widget/config?key=${publicKey}`,
      headers: { host: casement.host, origin: SHOP },
    });
    return [frame.status, config.status, readBoot(frame.body).key];
  };
  const loads = await Promise.all(Array.from({ length: 200 }, load));
  await rotating;
  expect(new Set(loads.map(String))).toEqual(new Set([`200,200,${publicKey}`]));
  const visitor = await openVisitor(casement, { publicKey, origin: SHOP });
  expect((await visitor.ask({ path: '/conversations' })).status).toBe(200);
});

test('a rotation whose process ended before it was confirmed is in the list all the same', async () => {
  const { rotation } = await keys.rotate('public');
  const rotations = casement.store.collection<{ _id: string }>('widget_key_rotations');
  await rotations.updateOne({ _id: rotation.id }, { $set: { forgetAt: new Date(Date.now() + 60_000) } });
  await rotations.insertOne({
    ...(await rotations.findOne({ _id: rotation.id })),
    _id: '00000000-0000-4000-8000-000000000000',
    ...{ newKeyId: 'PUB_never-made' },
  });
  expect((await keys.list()).rotations.map(({ id }) => id)).toEqual([rotation.id]);
  expect((await rotations.findOne({ _id: rotation.id })) ?? {}).not.toHaveProperty('forgetAt');
});
