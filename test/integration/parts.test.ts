import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PARTS = ['shared', 'loader', 'frame', 'server'];
const run = promisify(execFile);

let copy: string;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'casement-parts-'));
  await Promise.all(
    [...PARTS, 'tsconfig.base.json', 'package.json'].map((name) =>
      cp(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !path.includes('.test.') }),
    ),
  );
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rm(copy, { recursive: true, force: true }));

/** Adds one file to a part and answers what the compiler says about that file, empty if it compiles. */
async function compileWith(part: string, source: string): Promise<string> {
  const probe = join(copy, part, 'probe.ts');
  await writeFile(probe, source);
  try {
    await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', part], { cwd: copy });
    return '';
  } catch (error) {
    return String((error as { stdout: string }).stdout);
  } finally {
    await rm(probe);
  }
}

test.each(['loader', 'frame', 'server'])('%s may import shared', async (part) => {
  expect(await compileWith(part, `export { parseOrigin } from '../shared/origin.ts';\n`)).toBe('');
});

test.each([
  ['shared', 'loader', '../loader/main.ts'],
  ['shared', 'server', '../server/config.ts'],
  ['loader', 'frame', '../frame/host/boot.ts'],
  ['loader', 'server', '../server/config.ts'],
  ['frame', 'loader', '../loader/main.ts'],
  ['frame', 'server', '../server/config.ts'],
  ['server', 'frame', '../frame/host/boot.ts'],
  ['server', 'loader', '../loader/main.ts'],
  ['server/embedded-db', 'shared', '../../shared/origin.ts'],
  ['server/embedded-db', 'server', '../config.ts'],
])('an import from %s into %s does not compile', async (part, _other, path) => {
  expect(await compileWith(part, `import * as other from '${path}';\nexport const probe = other;\n`)).toContain(
    'TS6307',
  );
});

test.each([
  ['shared', 'window', 'the browser'],
  ['shared', 'process', 'Node'],
  ['loader', 'process', 'Node'],
  ['frame', 'process', 'Node'],
  ['server', 'window', 'the browser'],
])('%s cannot name %s, which belongs to %s', async (part, name) => {
  expect(await compileWith(part, `export const probe: unknown = ${name};\n`)).toMatch(
    /TS2304|TS2552|TS2580|TS2584|TS2591/,
  );
});
