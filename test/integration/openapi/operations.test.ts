import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ALL_OPERATIONS } from '../../../server/openapi/operations/all-operations.ts';
import { OPENAPI_PATH } from '../../../shared/api-path.ts';
import { type RawAnswer, rawRequest } from '../../support/raw-http.ts';
import { type Casement, startCasement } from '../../support/start-casement.ts';
import { type ApiStage, type Call, createApiStage, type Sent } from './api-stage.ts';
import { ALL_CALLS } from './calls/all-calls.ts';
import { type DescribedApi, type Operation, readDescribedApi } from './described-api.ts';

let casement: Casement;
let api: DescribedApi;
let stage: ApiStage;

beforeAll(async () => {
  casement = await startCasement({ config: { securityContact: 'mailto:security@shop.example' } });
  const { port, host } = casement;
  api = readDescribedApi(JSON.parse((await rawRequest({ port, path: OPENAPI_PATH, headers: { host } })).body));
});
afterAll(() => casement.stop());
beforeEach(async () => {
  stage = await createApiStage(casement);
});

const templateOf = (route: string) => route.replaceAll(/:(\w+)/g, '{$1}');

function requireOperation(route: string): Operation {
  const operation = api.operations.get(templateOf(route));
  if (operation === undefined) throw new Error(`The document has no "${templateOf(route)}"`);
  return operation;
}

/** Sends what the call says to the first address the document names for the operation. */
function send(route: string, { servers: [server] }: Operation, sent: Sent): Promise<RawAnswer> {
  const [method = '', path = ''] = route.split(' ');
  const query = new URLSearchParams(sent.query).toString();
  const { body, mediaType = 'application/json' } = sent;
  return rawRequest({
    port: casement.port,
    method,
    path: `${path.replaceAll(/:(\w+)/g, (_, name: string) => sent.path?.[name] ?? '')}${query && `?${query}`}`,
    headers: {
      host: new URL(server?.url ?? '').host,
      ...(body !== undefined && { 'content-type': mediaType }),
      ...sent.headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const sentenceOf = ({ it, status, code }: Call) => `${it}: ${status} ${code ?? ''}`.trim();
const isSuccess = ({ status }: Call) => status < 400;

describe.each(Object.keys(ALL_OPERATIONS))('%s', (route) => {
  const calls = ALL_CALLS[route] ?? [];
  const isAlwaysRefused = Object.keys(ALL_OPERATIONS[route as keyof typeof ALL_OPERATIONS]?.answers ?? {}).length === 0;

  test('is called as it should be, and as it should not be', () => {
    const what = `add calls of "${route}" to test/integration/openapi/calls/`;
    expect(calls.some(isSuccess) || isAlwaysRefused, `No success: ${what}`).toBe(true);
    expect(
      calls.some((call) => !isSuccess(call)),
      `No refusal: ${what}`,
    ).toBe(true);
  });

  test.each(calls.map((call) => [sentenceOf(call), call] as const))('%s', async (_sentence, call) => {
    const operation = requireOperation(route);
    const sent = await call.send(stage);
    const answer = await send(route, operation, sent);
    const code = /"error":\{"code":"(\w+)"/.exec(answer.body)?.[1];
    expect(`${answer.status} ${code}`, answer.body.slice(0, 500)).toBe(`${call.status} ${call.code}`);
    expect(api.findAnswerProblems(operation, answer)).toEqual([]);
    const problems = api.findRequestProblems(operation, sent);
    if (call.isUndocumented) expect(problems).not.toEqual([]);
    else if (isSuccess(call)) expect(problems).toEqual([]);
  });
});
