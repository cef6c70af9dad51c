import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './free-port.ts';

export type Nginx = {
  readonly port: number;
  stop(): Promise<void>;
};

const EXAMPLE = new URL('../../examples/nginx/casement.conf', import.meta.url);

/** The nginx of this machine: `NGINX_PATH`, or the one that is found; `undefined` if there is none. */
export function findNginx(): string | undefined {
  const candidates = [process.env.NGINX_PATH, 'nginx', '/usr/sbin/nginx'];
  return candidates.find((path) => path !== undefined && spawnSync(path, ['-v']).status === 0);
}

/**
 * Starts nginx with the configuration of `examples/nginx`, in front of a server on this machine. TLS is left out, and
 * with it the lines that name certificates; everything else is as it is shipped.
 */
export async function startNginx(options: { readonly path: string; readonly upstreamPort: number }): Promise<Nginx> {
  const directory = await mkdtemp(join(tmpdir(), 'casement-nginx-'));
  const port = await findFreePort();
  const example = await readFile(EXAMPLE, 'utf8');
  const site = example
    .replaceAll('listen 443 ssl', `listen 127.0.0.1:${port}`)
    .replaceAll(/^\s*ssl_certificate.*$/gm, '')
    .replace('server 127.0.0.1:4400;', `server 127.0.0.1:${options.upstreamPort};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temporary.map((name) => `${name}_temp_path ${directory}/${name};`).join('\n');
  await writeFile(
    join(directory, 'nginx.conf'),
    `daemon off; master_process off; pid ${directory}/pid; error_log ${directory}/error.log;
    events { worker_connections 64; }
    http { access_log off; ${paths}\n${site} }`,
  );
  const child = spawn(
    options.path,
    ['-p', directory, '-c', join(directory, 'nginx.conf'), '-e', join(directory, 'error.log')],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  await untilListening(port, child);
  return {
    port,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.on('data', (part) => (said += part));
  while (!(await canConnect(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
  });
}
