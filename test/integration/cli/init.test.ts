import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifySignature } from '../../../server/verify/verify-signature.ts';
import { type BuiltCli, buildCli } from '../../support/built-cli.ts';
import { startTestStore } from '../../support/embedded-db.ts';
import { openVisitor } from '../../support/frame-visitor.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { startCasement } from '../../support/start-casement.ts';

const SHOP = 'https://shop.example';
const ACME = ['--company', 'acme', '--origin', SHOP];

let cli: BuiltCli;
let directory: string;

beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casement-cli-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const init = (args: readonly string[], env: Record<string, string> = {}) =>
  cli.run(['init', ...args], { DATA_DIR: directory, ...env });

describe('casement init', () => {
  test('makes a widget that works at once, with a snippet, and secrets that verify', async () => {
    const { code, stdout, stderr } = await init([...ACME, '--origin', 'Shop2.example/', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const made = JSON.parse(stdout);
    expect(made).toEqual({
      company: 'acme',
      widget: 'main',
      sites: [SHOP, 'https://shop2.example'],
      publicKey: expect.stringMatching(/^PUB_/),
      snippet: `<script async src="http://widget.localhost:4400/loader.js" data-key="${made.publicKey}"></script>`,
      signing: { id: expect.stringMatching(/^signing-/), secret: expect.stringMatching(/^SIG_[\w-]{43}$/) },
      identity: { id: expect.stringMatching(/^identity-/), secret: expect.stringMatching(/^IDN_[\w-]{43}$/) },
    });

    const casement = await startCasement({ dataDirectory: directory });
    try {
      await openVisitor(casement, { publicKey: made.publicKey, origin: SHOP });
      const path = '/api/v1/widget/config';
      const headers = { host: casement.host, origin: SHOP };
      const {
        status,
        body,
        headers: answered,
      } = await rawRequest({
        port: casement.port,
        path: `${path}?key=${made.publicKey}`,
        headers,
      });
      const signature = String(answered['casement-signature']);
      const secrets = { [made.signing.id]: made.signing.secret };
      expect(verifySignature({ method: 'GET', url: path, status, body, signature }, { secrets })).toBe(true);
    } finally {
      await casement.stop();
    }
  });

  test('says in words what to do with the snippet and the secrets', async () => {
    const { stdout } = await init(ACME);
    expect(stdout).toMatch(/<script async src=".*\/loader\.js" data-key="PUB_\w+"><\/script>/);
    expect(stdout).toMatch(/CASEMENT_SIGNING_SECRET=SIG_/);
    expect(stdout).toMatch(/CASEMENT_IDENTITY_SECRET=IDN_/);
    expect(stdout).toContain('shown this once');
  });

  test('makes another widget of the company under another name, and none under a name it has', async () => {
    await init(ACME);
    expect((await init([...ACME, '--widget', 'support'])).code).toBe(0);
    const again = await init([...ACME, '--widget', 'support']);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^"acme" has a widget "support" already, with the key PUB_\w+; --widget gives/);
    expect(again.stdout).toBe('');
  });
});

describe('casement init, not knowing what is meant,', () => {
  test.each<[string, readonly string[], string]>([
    ['without a company', ['--origin', SHOP], '--company is missing, such as --company acme'],
    ['without a site', ['--company', 'acme'], '--origin is missing, such as --origin https://shop.example'],
    ['with an empty company', ['--company', '', '--origin', SHOP], '--company is ""'],
    ['with a company of two lines', ['--company', 'a\nb', '--origin', SHOP], '--company is "a\\nb"'],
    ['with plain http', ['--company', 'acme', '--origin', 'http://shop.example'], '"http://shop.example"'],
    ['with a path', ['--company', 'acme', '--origin', `${SHOP}/chat`], `"${SHOP}/chat"`],
    ['with a public suffix', ['--company', 'acme', '--origin', 'https://*.github.io'], 'public suffix'],
    ['with its own origin', ['--company', 'acme', '--origin', 'http://widget.localhost:4400'], '"http://widget'],
    ['with a name that is none', [...ACME, '--widget', 'My Widget'], '--widget is "My Widget"'],
    ['with an option that is none', [...ACME, '--site', SHOP], "Unknown option '--site'"],
    ['with a word too many', [...ACME, 'now'], "Unexpected argument 'now'"],
  ])('%s says so in a sentence and makes nothing', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await init(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await readdir(directory)).toEqual([]);
  });

  test('names the variable that is wrong', async () => {
    const { code, stderr } = await init(ACME, { PUBLIC_URL: 'widget' });
    expect(code).toBe(1);
    expect(stderr).toContain('PUBLIC_URL is "widget"');
  });
});

test('says that the server has the store, and what to do', async () => {
  const store = await startTestStore(join(directory, 'store'));
  const { code, stderr } = await init(ACME);
  await store.stop();
  expect(code).toBe(1);
  expect(stderr).toMatch(/is in use by process \d+\. Stop the server, run this again/);
});

test('works on a MongoDB while a server runs on it', async () => {
  const store = await startTestStore(join(directory, 'store'));
  const env = { MONGODB_URI: `${store.uri}`, DATA_DIR: join(directory, 'secrets') };
  const { code, stderr } = await init(ACME, env);
  await store.stop();
  expect([code, stderr]).toEqual([0, '']);
});

describe('casement', () => {
  test('lists its commands, and tells about each', async () => {
    const [list, help] = [await cli.run([], {}), await cli.run(['init', '--help'], {})];
    expect([list.code, help.code]).toEqual([0, 0]);
    expect(list.stdout).toMatch(/ {2}init +make a widget/);
    expect(help.stdout).toContain('--company');
  });

  test('names its commands to whoever asks for another', async () => {
    const { code, stderr } = await cli.run(['constructor'], {});
    expect([code, stderr]).toEqual([1, expect.stringContaining('There is no command "constructor"; there is init')]);
  });
});
