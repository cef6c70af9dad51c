import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseOrigin } from '../../../shared/origin.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const DEMO = { origin: parseOrigin('http://shop.localhost:0') ?? expect.fail('not an origin'), port: 0 };
const OWNER = { company: 'harbour-outfitters' };

let first: Casement;

beforeAll(async () => {
  first = await startCasement({ config: { demo: DEMO } });
});
afterAll(() => first.stop());

const read = (casement: Casement) => askAdmin(casement, OWNER, { path: '/settings?widget=demo' });

/** Starts again on the data of the first start. */
async function withRestart(work: (casement: Casement) => Promise<void>): Promise<void> {
  await first.server.stop();
  const again = await startCasement({ config: { demo: DEMO }, dataDirectory: first.dataDirectory });
  try {
    await work(again);
  } finally {
    await again.stop();
  }
}

test('the demo saves through the same door as everybody, once, until an admin does', async () => {
  const { json } = await read(first);
  expect(json).toMatchObject({ version: 1, savedBy: { subject: 'demo' }, note: 'As the demo has it' });
  expect(json.settings.allowlist).toEqual([first.server.demo?.origin]);

  await withRestart(async (again) => {
    const { settings, version } = (await read(again)).json;
    // The shop has got another port, and its widget follows it.
    expect(settings.allowlist).toEqual([again.server.demo?.origin]);
    const theme = { ...settings.theme, primary: '#7a00ff' };
    const body = { expectedVersion: version, settings: { ...settings, theme } };
    await askAdmin(again, OWNER, { method: 'POST', path: '/settings?widget=demo', body });
  });

  await withRestart(async (again) => {
    expect((await read(again)).json).toMatchObject({
      savedBy: { subject: 'ada' },
      settings: { theme: { primary: '#7a00ff' } },
    });
    const { json: log } = await askAdmin(again, OWNER, { path: '/audit-log?widget=demo' });
    const acts = log.entries.map(({ act, actor }: { act: string; actor: { subject: string } }) => [act, actor.subject]);
    expect(acts.at(-1)).toEqual(['widget-created', 'demo']);
    expect(acts[0]).toEqual(['settings-saved', 'ada']);
  });
});
