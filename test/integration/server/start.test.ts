import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BuiltServer, buildServer, type ServerProcess } from '../../support/built-server.ts';

let built: BuiltServer;
let scratch: string;

beforeAll(async () => {
  built = await buildServer();
});
afterAll(() => built.remove());
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'casement-start-'));
});
afterEach(() => rm(scratch, { recursive: true, force: true }));

const start = (env: Record<string, string> = {}) =>
  built.start({ PORT: '0', DEMO: 'off', DATA_DIR: join(scratch, 'data'), ...env });

async function stop({ child, exited }: ServerProcess): Promise<number | null> {
  child.kill('SIGTERM');
  return await exited;
}

/** Every file below a directory with a digest of its bytes. */
async function digest(directory: string): Promise<Record<string, string>> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const digests = await Promise.all(
    paths.map(async (path) => [
      path,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ]),
  );
  return Object.fromEntries(digests.sort());
}

async function expectRefusal({ exited, output }: ServerProcess, sentence: RegExp): Promise<void> {
  expect(await exited).toBe(1);
  expect(output.stdout).toBe('');
  expect(output.stderr).toMatch(/^Casement did not start\.\n[^\n]+\n$/);
  expect(output.stderr).toMatch(sentence);
}

describe('a start', () => {
  test('says where everything is and what it is for, and ends with code 0 on SIGTERM', async () => {
    const server = start();
    await server.ready;
    expect(server.output.stdout).toMatch(/http:\/\/widget\.localhost:\d+ +the widget/);
    expect(server.output.stdout).toContain(`embedded, in ${join(scratch, 'data')}`);
    expect(server.output.stdout).toContain(join(scratch, 'data', 'session-secret'));
    expect(await stop(server)).toBe(0);
    expect(server.output.stderr).toBe('');
  });

  test('ends in order although nobody reads its words any more', async () => {
    const server = start();
    await server.ready;
    server.child.stdout?.destroy();
    server.child.stderr?.destroy();
    expect(await stop(server)).toBe(0);
  });

  test('keeps its secret for the next one and does not speak of it again', async () => {
    const first = start();
    await first.ready;
    await stop(first);
    const secret = await readFile(join(scratch, 'data', 'session-secret'), 'utf8');
    const second = start();
    await second.ready;
    await stop(second);
    expect(second.output.stdout).not.toContain('session-secret');
    expect(await readFile(join(scratch, 'data', 'session-secret'), 'utf8')).toBe(secret);
  });
});

describe('exit code 1, one sentence and nothing touched', () => {
  test('when a variable is wrong', async () => {
    await expectRefusal(start({ PORT: 'abc' }), /PORT is "abc": it must be a whole number .* such as PORT=4400/);
    expect(existsSync(join(scratch, 'data'))).toBe(false);
  });

  describe('when a port is in use', () => {
    let occupant: Server;
    let port: string;
    beforeEach(async () => {
      occupant = createServer().listen(0, '127.0.0.1');
      await once(occupant, 'listening');
      const address = occupant.address();
      port = String(typeof address === 'object' ? address?.port : '');
    });
    afterEach(() => new Promise((resolve) => occupant.close(resolve)));

    test.each([
      ['PORT', (taken: string) => ({ PORT: taken })],
      ['DEMO_PORT', (taken: string) => ({ DEMO: 'on', DEMO_PORT: taken })],
      ['DEMO_DASHBOARD_PORT', (taken: string) => ({ DEMO: 'on', DEMO_PORT: '0', DEMO_DASHBOARD_PORT: taken })],
    ])('%s', async (name, envFor) => {
      await expectRefusal(start(envFor(port)), new RegExp(`Port ${port} .*is in use; .*${name}=`));
      expect(existsSync(join(scratch, 'data'))).toBe(false);
    });
  });

  test('when another process has the data directory, which goes on undisturbed', async () => {
    const first = start();
    await first.ready;
    await expectRefusal(start(), /data directory .* is in use by/);
    expect(first.child.exitCode).toBeNull();
    expect(await stop(first)).toBe(0);
  });

  test('when the data directory cannot be written to', async () => {
    const file = join(scratch, 'file');
    await writeFile(file, 'mine');
    await expectRefusal(start({ DATA_DIR: join(file, 'data') }), /data directory .* cannot be written to/);
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  test('when a newer version wrote the store', async () => {
    const first = start();
    await first.ready;
    await stop(first);
    await writeFile(join(scratch, 'data', 'store', 'format.json'), '{"format":999}');
    const before = await digest(join(scratch, 'data'));
    await expectRefusal(start(), /written in format 999 by a newer version/);
    expect(await digest(join(scratch, 'data'))).toEqual(before);
  });

  test('when MongoDB does not answer', async () => {
    const env = { MONGODB_URI: 'mongodb://user:hunter2@127.0.0.1:1/x?serverSelectionTimeoutMS=200' };
    const refused = start(env);
    await expectRefusal(refused, /MONGODB_URI does not answer/);
    expect(refused.output.stderr).not.toContain('hunter2');
  });
});
