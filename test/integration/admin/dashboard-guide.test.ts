import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AdminLogin } from '../../../server/config-admin.ts';
import { askAdmin } from '../../support/admin-api.ts';
import { ADMIN_SECRET } from '../../support/admin-token.ts';
import { readSnippet } from '../../support/guide-snippets.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const GUIDE = 'dashboard.md';
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
// Inside the repository, so that the snippets find their packages.
const directory = join(ROOT, '.cache', `guide-${randomUUID()}`);

/** What stands for the reader's own login: a user if the request has the cookie of a sign-in. */
const LOGIN = `
const ada = { email: 'ada@acme.example', company: 'acme', role: 'owner' };
export const findUser = (request) => (request.headers.cookie === 'signed-in' ? ada : null);
export const currentUser = (request) => (request.headers.get('cookie') === 'signed-in' ? ada : null);
`;

let casement: Casement;

beforeAll(async () => {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'login.mjs'), LOGIN);
  vi.stubEnv('JWT_SECRET', ADMIN_SECRET);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true, force: true });
});
afterEach(() => casement.stop());

async function importSnippet(file: string) {
  await writeFile(join(directory, file), readSnippet(GUIDE, file));
  return import(pathToFileURL(join(directory, file)).href);
}

async function serve(listener: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, server };
}

/** Whether the server lets the bearer of the token read the settings. */
async function isTaken(token: string): Promise<boolean> {
  return (await askAdmin(casement, { company: 'acme' }, { path: '/settings', token })).status === 200;
}

describe('the guide for dashboards', () => {
  test('with Express, makes a token for whoever is signed in and for nobody else', async () => {
    casement = await startCasement();
    const { app } = await importSnippet('express.mjs');
    const { url, server } = await serve(app);
    try {
      const ask = (headers: Record<string, string>) => fetch(`${url}/casement-token`, { method: 'POST', headers });
      const stranger = await ask({});
      expect({ status: stranger.status, body: await stranger.json() }).toEqual({ status: 401, body: { token: null } });
      const answer = await ask({ cookie: 'signed-in' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await isTaken((await answer.json()).token)).toBe(true);
    } finally {
      server.close();
    }
  });

  test('with a route handler of Next.js, does the same', async () => {
    casement = await startCasement();
    await writeFile(join(directory, 'route.js'), readSnippet(GUIDE, 'route.js'));
    const outfile = join(directory, 'route.built.mjs');
    const alias = { '@/lib/login': join(directory, 'login.mjs') };
    await build({
      entryPoints: [join(directory, 'route.js')],
      outfile,
      alias,
      bundle: true,
      format: 'esm',
      external: ['jose'],
    });
    const { POST } = await import(pathToFileURL(outfile).href);
    const requestOf = (headers: Record<string, string>) =>
      new Request('https://dashboard.example.com/casement-token', { method: 'POST', headers });
    const stranger: Response = await POST(requestOf({}));
    expect({ status: stranger.status, body: await stranger.json() }).toEqual({ status: 401, body: { token: null } });
    const answer: Response = await POST(requestOf({ cookie: 'signed-in' }));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await isTaken((await answer.json()).token)).toBe(true);
  });

  test('with a key pair, makes tokens that the server checks with what the dashboard publishes', async () => {
    const { jwks, signToken } = await importSnippet('keys.mjs');
    const { url, server } = await serve((_request, response) => {
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(jwks));
    });
    const login: AdminLogin = {
      key: { kind: 'jwks', url: `${url}/.well-known/jwks.json` },
      algorithm: 'RS256',
      issuer: 'https://login.example.com/',
      audience: 'casement',
      maxAgeSeconds: 86_400,
      companyClaim: 'company_id',
      roleClaim: 'role',
    };
    casement = await startCasement({ config: { adminLogin: login } });
    try {
      const token = await signToken({ email: 'ada@acme.example', company: 'acme', role: 'owner' });
      expect(await isTaken(token)).toBe(true);
      expect(JSON.stringify(jwks)).not.toContain('"d":');
    } finally {
      server.close();
    }
  });
});
