import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseOrigin } from '../../../shared/origin.ts';
import { ambiguousRequests, SMUGGLED } from '../../support/ambiguous-requests.ts';
import { findNginx, type Nginx, startNginx } from '../../support/nginx.ts';
import { sendBytes } from '../../support/raw-socket.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const HOST = 'widget.example.com';
const WIDGET = parseOrigin(`https://${HOST}`) ?? expect.fail('not an origin');
const nginxPath = findNginx();
const logged: string[] = [];

let casement: Casement;

beforeAll(async () => {
  const config = { widgetOrigin: WIDGET, trustProxyHops: nginxPath === undefined ? 0 : 1 };
  casement = await startCasement({ config, log: { write: (line) => logged.push(line) } });
});
afterAll(() => casement.stop());
afterEach(() => logged.splice(0));

const honest = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: ${HOST}\r\n${more}\r\n`;
const requestsLogged = () => logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');

describe('straight to the server', () => {
  test('two requests over one connection are both answered, so that the silence below means something', async () => {
    const { statuses } = await sendBytes(casement.port, honest('/healthz') + honest(SMUGGLED, 'Connection: close\r\n'));
    expect(statuses).toEqual([200, 404]);
  });

  test.for(ambiguousRequests(HOST))('case 69: %s -> refused, and the connection with it', async ([, bytes]) => {
    const { statuses } = await sendBytes(casement.port, bytes);
    // What is refused before its body is read is answered, and then the rest of it is.
    for (const status of statuses) expect(status).toBeOneOf([400, 403, 431]);
    expect(statuses.at(-1)).not.toBe(403);
    expect(requestsLogged().filter(({ path }) => path === SMUGGLED)).toEqual([]);
  });
});

if (nginxPath === undefined) {
  test.skip(
    'nginx is not on this machine (NGINX_PATH names one), so the configuration of examples/nginx was not tried',
  );
} else {
  describe('through nginx with the configuration of examples/nginx', () => behindNginx(nginxPath));
}

function behindNginx(path: string): void {
  let nginx: Nginx;
  beforeAll(async () => {
    nginx = await startNginx({ path, upstreamPort: casement.port });
  });
  afterAll(() => nginx.stop());

  test('an honest request is answered, and counted by the address that nginx saw', async () => {
    const forged = 'X-Forwarded-For: 198.51.100.7\r\nConnection: close\r\n';
    expect((await sendBytes(nginx.port, honest('/healthz', forged))).statuses).toEqual([200]);
  });

  test.for(ambiguousRequests(HOST))('case 69: %s -> confuses nobody behind nginx', async ([, bytes]) => {
    const { statuses } = await sendBytes(nginx.port, bytes);
    const seen = requestsLogged().map((request) => request.path);
    if (bytes.startsWith('POST')) {
      // Where the first request ends is in doubt: nginx refuses it by itself, or waits for the rest.
      expect(statuses.filter((status) => ![400, 501].includes(status))).toEqual([]);
      expect(seen).toEqual([]);
    } else {
      // Only a header is in doubt, which nginx refuses or leaves out: then there are two requests, and two answers.
      expect(seen).toEqual(statuses.length === 2 ? ['/healthz', SMUGGLED] : []);
    }
    const { statuses: after, text } = await sendBytes(nginx.port, honest('/healthz', 'Connection: close\r\n'));
    expect(after).toEqual([200]);
    expect(text).toContain('{"status":"alive"}');
  });
}
