import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';

let casement: Casement;

beforeAll(async () => {
  casement = await startCasement();
});
afterAll(() => casement.stop());

test.each([
  ['/healthz', { status: 'alive' }],
  ['/readyz', { status: 'ready' }],
])('%s answers 200 while the store is there', async (path, body) => {
  const answer = await rawRequest({ port: casement.port, path, headers: { host: casement.host } });
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual(body);
});
