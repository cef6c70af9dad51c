import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type CommandResult = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type BuiltCli = {
  /** Runs `casement` with these arguments, these environment variables and `PATH`; `input` is what it can read. */
  run(args: readonly string[], env: Readonly<Record<string, string>>, input?: string): Promise<CommandResult>;
  remove(): Promise<void>;
};

/** Builds the command as `npm run build` does, with the embedded store beside it. */
export async function buildCli(): Promise<BuiltCli> {
  // Inside the repository, so that the script finds its packages.
  const directory = join(ROOT, '.cache', `built-cli-${randomUUID()}`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: { cli: 'server/cli/main.ts', 'server/embedded-db': 'server/embedded-db/main.ts' },
    outdir: directory,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return {
    run: (args, env, input) => runScript([join(directory, 'cli.js'), ...args], env, input),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

function runScript(args: readonly string[], env: Readonly<Record<string, string>>, input = ''): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { env: { PATH: process.env.PATH ?? '', ...env } });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
    child.stdin.end(input);
  });
}
