import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseOrigin } from '../../../shared/origin.ts';
import { IsolationReportSchema } from '../../audit/report-schema.ts';
import { type HostileProxy, startHostileProxy } from '../../support/hostile-proxy.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const SCRIPT = fileURLToPath(new URL('../../../scripts/audit.mjs', import.meta.url));
const LISTED = 'https://shop.example';

let directory: string;
let proxy: HostileProxy;
let casement: Casement;
let key: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'casement-audit-'));
  proxy = await startHostileProxy();
  const widgetOrigin = parseOrigin(proxy.widgetOrigin) ?? expect.fail('no origin');
  // With the limits that hold for everybody: an audit has to stay below them.
  casement = await startCasement({
    assets: 'built',
    config: { widgetOrigin, assetBaseUrl: widgetOrigin },
    limits: true,
  });
  proxy.forwardTo(casement.port);
  key = (await casement.createWidget({ allowlist: [LISTED] })).publicKey;
});
afterAll(async () => {
  await proxy.stop();
  await casement.stop();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => proxy.reset());

async function runAudit(...words: string[]) {
  const child = spawn(process.execPath, [SCRIPT, ...words, '--out', directory]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

async function auditTarget(...words: string[]) {
  const { code, output } = await runAudit('--target', proxy.widgetOrigin, '--key', key, ...words);
  const report = v.parse(
    IsolationReportSchema,
    JSON.parse(await readFile(join(directory, 'isolation-report.json'), 'utf8')),
  );
  const casesThat = (result: string) => report.cases.filter((one) => one.result === result).map(({ id }) => id);
  return { code, output, report, failed: casesThat('failed'), passed: casesThat('passed') };
}

const isRefusal = (headers: IncomingHttpHeaders) =>
  String(headers['content-security-policy']).includes("'none'; sandbox");

describe('the audit of a deployment', { timeout: 240_000 }, () => {
  test('finds nothing in a Casement as it is, and writes what it saw', async () => {
    const { code, output, report, failed, passed } = await auditTarget('--origin', LISTED);
    expect(output).toContain('0 failed');
    expect(failed).toEqual([]);
    expect(code).toBe(0);
    expect(passed).toEqual([2, 3, 4, 9, 10, 11, 14, 15, 16, 17, 42, 43, 48, 49, 51, 56, 60, 71, 72]);
    expect(report.subject).toEqual({ kind: 'deployment', target: proxy.widgetOrigin, key, origin: LISTED });
    expect(report.browsersNotRun.map(({ name }) => name)).toContain('Firefox');
    for (const { evidence, result } of report.cases) {
      expect(evidence !== undefined).toBe(result !== 'not run');
      if (evidence === undefined) continue;
      const bytes = await readFile(join(directory, evidence.file));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(evidence.sha256);
    }
    expect(await readFile(join(directory, 'isolation-report.html'), 'utf8')).toContain('went as promised');
  });

  test('opens no session and writes no message', async () => {
    await auditTarget('--origin', LISTED);
    expect(await casement.store.collection('widget_sessions').countDocuments()).toBe(0);
    expect(await casement.store.collection('widget_messages').countDocuments()).toBe(0);
  });

  test.each<[what: string, expectedFailures: number[], break_: (headers: IncomingHttpHeaders) => IncomingHttpHeaders]>([
    [
      'lets every site read every answer',
      [2, 42, 43, 51],
      (headers) => ({ ...headers, 'access-control-allow-origin': '*' }),
    ],
    ['takes the policy off what is framed', [2, 3, 15, 16], ({ 'content-security-policy': _, ...headers }) => headers],
    [
      'stores refusals',
      [2, 3, 15, 16],
      (headers) => (isRefusal(headers) ? { ...headers, 'cache-control': 'max-age=60' } : headers),
    ],
    ['sets a cookie with the loader', [71], (headers) => ({ ...headers, 'set-cookie': ['a=b'] })],
  ])('fails one whose proxy %s', async (_what, expectedFailures, rewrite) => {
    proxy.rewriteAnswers(rewrite);
    const { code, failed, report } = await auditTarget();
    expect(failed).toEqual(expect.arrayContaining(expectedFailures));
    expect(code).toBe(1);
    expect(report.claims.filter(({ result }) => result === 'broken')).not.toEqual([]);
    expect(await readFile(join(directory, 'isolation-report.html'), 'utf8')).toContain('Broken: ');
  });

  test('fails one that takes a wrong site for a listed one', async () => {
    proxy.rewriteRequests((headers) => ({ ...headers, referer: `${LISTED}/`, 'sec-fetch-dest': 'iframe' }));
    const { code, failed } = await auditTarget('--origin', LISTED);
    expect(failed).toEqual(expect.arrayContaining([3, 10, 11]));
    expect(code).toBe(1);
  });
});

test.each([
  [['--target', 'https://widget.example.com'], '--target and --key go together.'],
  [['--target', 'http://widget.example.com', '--key', 'PUB_x'], 'which is not https'],
  [['--target', 'widget.example.com', '--key', 'PUB_x'], '--target is "widget.example.com"'],
  [['--target', 'https://widget.example.com', '--key', 'PUB_x'], '--key is "PUB_x"'],
  [['--origin', 'https://shop.example'], 'it needs --target'],
  [['--everything'], 'Unknown option'],
])('the audit told %s says what is wrong, and how it is used', async (words, sentence) => {
  const { code, output } = await runAudit(...words);
  expect(output).toContain(sentence);
  expect(output).toContain('Usage:');
  expect(code).toBe(2);
});
