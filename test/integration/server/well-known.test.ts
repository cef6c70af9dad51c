import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ISOLATION_DOCUMENT_MAX_BYTES, isolationDocumentSchema } from '../../../shared/isolation-document.ts';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

const CUSTOMER = 'https://a-customer-of-ours.example';
const ISOLATION = '/.well-known/widget-isolation.json';
const SECURITY = '/.well-known/security.txt';
const NOW = new Date('2026-03-14T15:09:26Z');

let casement: Casement;

function startWith(config: Parameters<typeof startCasement>[0]) {
  return startCasement({ ...config, clock: { now: () => NOW } });
}

const ask = (path: string, { host = casement.host, ...headers }: Record<string, string> = {}, method = 'GET') =>
  rawRequest({ port: casement.port, method, path, headers: { host, ...headers } });

describe('with somebody to tell', () => {
  beforeAll(async () => {
    const securityContact = 'mailto:security@example.com';
    casement = await startWith({ config: { securityContact, securityPolicyUrl: 'https://example.com/security' } });
    await casement.createWidget({ allowlist: [CUSTOMER] });
  });
  afterAll(() => casement.stop());

  test('security.txt says whom, until when, in which language, where and by which rules', async () => {
    const { status, headers, body } = await ask(SECURITY);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
    expect(body.split('\n')).toEqual([
      'Contact: mailto:security@example.com',
      'Expires: 2026-09-10T00:00:00.000Z',
      'Preferred-Languages: en',
      `Canonical: ${casement.origin}${SECURITY}`,
      `Canonical: ${casement.settingsOrigin}${SECURITY}`,
      'Policy: https://example.com/security',
      '',
    ]);
  });

  test.each([ISOLATION, SECURITY])('%s is the same at every origin and for everybody', async (path) => {
    const settingsHost = casement.settingsOrigin.replace('http://', '');
    const { body } = await ask(path);
    for (const headers of [{ host: settingsHost }, { host: '127.0.0.1' }, { origin: CUSTOMER }, { cookie: 'a=b' }]) {
      const answer = await ask(path, headers);
      expect(answer).toMatchObject({ status: 200, body });
      expect(answer.headers).toMatchObject({ 'cache-control': 'public, max-age=300' });
      expect(Object.keys(answer.headers).filter((name) => /^(access-control-|vary|set-cookie)/.test(name))).toEqual([]);
    }
  });

  test.each([ISOLATION, SECURITY])('%s is kept by whoever has it, and takes no question', async (path) => {
    const { headers } = await ask(path);
    expect(await ask(path, { 'if-none-match': String(headers.etag) })).toMatchObject({ status: 304, body: '' });
    expect((await ask(path, {}, 'HEAD')).body).toBe('');
    expect((await ask(`${path}?key=1`)).status).toBe(400);
    expect((await ask(path, {}, 'POST')).status).toBe(405);
  });

  test('widget-isolation.json keeps its form, stays small, and names the origins and the contact', async () => {
    const { headers, body } = await ask(ISOLATION);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(Buffer.byteLength(body)).toBeLessThan(ISOLATION_DOCUMENT_MAX_BYTES);
    const document = v.parse(isolationDocumentSchema, JSON.parse(body));
    expect(document.contact).toBe('mailto:security@example.com');
    expect(document.origins).toEqual({
      widget: casement.origin,
      settings: casement.settingsOrigin,
      assets: casement.origin,
      dashboards: ['http://dashboard.localhost:4402'],
    });
    expect(document.lifetimesSeconds).toEqual({
      ticket: 60,
      session: 900,
      longestSession: 28_800,
      visitorIdentity: 900,
      adminLogin: 86_400,
      eventStream: 120,
    });
  });

  test('widget-isolation.json tells nothing of a customer', async () => {
    const { body } = await ask(ISOLATION);
    expect(body).not.toContain('customer-of-ours');
    expect(body).not.toMatch(/PUB_[A-Za-z0-9]/);
  });
});

describe('with nobody to tell', () => {
  beforeAll(async () => {
    casement = await startWith({});
  });
  afterAll(() => casement.stop());

  test('there is no security.txt, and the document has no contact', async () => {
    const answer = await ask(SECURITY);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body).error.code).toBe('NOT_FOUND');
    expect(JSON.parse((await ask(ISOLATION)).body).contact).toBeNull();
  });

  test('only what is connected is said to be told anything', async () => {
    const { dataFlows } = v.parse(isolationDocumentSchema, JSON.parse((await ask(ISOLATION)).body));
    expect(dataFlows.map(({ to }) => to)).not.toContain('the model of the operator');
  });
});

test('with a model, it is said what the model is told', async () => {
  const model = { baseUrl: 'http://127.0.0.1:9', apiKey: undefined, name: 'none' };
  casement = await startWith({ config: { model } });
  const { dataFlows } = v.parse(isolationDocumentSchema, JSON.parse((await ask(ISOLATION)).body));
  await casement.stop();
  expect(dataFlows.map(({ to }) => to)).toContain('the model of the operator');
  expect(JSON.stringify(dataFlows)).not.toContain(model.baseUrl);
});
