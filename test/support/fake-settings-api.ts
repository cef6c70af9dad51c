import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ERROR_STATUS, type ErrorCode } from '../../shared/error-code.ts';
import { type DashboardOptions, dashboardPage } from '../browser/settings/dashboard-page.ts';
import { settingsDocument, settingsHeaders } from '../browser/settings/settings-document.ts';
import { type BuiltDocument, bundleDocument } from './bundle-document.ts';
import { FakeRefusal, NOTHING } from './fake-answer.ts';
import { type FakePreviewOrigin, startFakePreviewOrigin } from './fake-preview-origin.ts';
import { createFakeWidget, type FakeWidget } from './fake-widget.ts';

export type AdminRequest = {
  readonly method: string;
  /** Below the API, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  // biome-ignore lint/suspicious/noExplicitAny: what was sent is what the tests are about
  readonly body: any;
  readonly token: string;
};

/** An answer a test gives: sent as JSON with 200, but for a `FakeRefusal` and `NOTHING`. */
export type FakeAnswer = unknown | ((request: AdminRequest) => unknown);

export type FakeSettingsApi = {
  readonly settingsOrigin: string;
  readonly dashboardOrigin: string;
  /** Where the preview comes from. */
  readonly preview: FakePreviewOrigin;
  /** The widget behind the API: settings, versions and the draft behave as the server's. */
  readonly widget: FakeWidget;
  /** Every API request, in order. */
  readonly requests: readonly AdminRequest[];
  /** Tokens the API refuses as expired. */
  readonly expiredTokens: Set<string>;
  /** What `METHOD /path` answers from now on; for what the fake widget does not know. */
  answer(call: string, answer: FakeAnswer): void;
  /** Refuses the next requests whose `METHOD /path` starts with `start`; `undefined` cuts the connection instead. */
  refuse(start: string, code: ErrorCode | undefined, times?: number): void;
  close(): Promise<void>;
};

const API = '/api/v1/widget';
let built: Promise<BuiltDocument> | undefined;

/** A stand-in for the settings origin and a dashboard on another one, on free ports of `*.localhost`. */
export async function startFakeSettingsApi(
  dashboard: DashboardOptions,
  widget = createFakeWidget(),
): Promise<FakeSettingsApi> {
  built ??= bundleDocument('settings', 'frame/settings/main.tsx');
  const code = await built;
  const requests: AdminRequest[] = [];
  const answers = new Map<string, FakeAnswer>();
  const refusals: { start: string; code: ErrorCode | undefined }[] = [];
  const expiredTokens = new Set<string>();
  const origins = { settings: '', dashboard: '' };

  async function answerApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const call = await readCall(request, url);
    requests.push(call);
    const name = `${call.method} ${call.path}`;
    const refusal = refusals.findIndex(({ start }) => name.startsWith(start));
    if (refusal >= 0) return refuse(response, refusals.splice(refusal, 1)[0]?.code);
    if (expiredTokens.has(call.token)) return refuse(response, 'ADMIN_TOKEN_EXPIRED');
    const given = answers.get(name);
    const answer = given === undefined ? widget.answer(call) : typeof given === 'function' ? given(call) : given;
    if (answer === undefined) return refuse(response, 'NOT_FOUND');
    send(response, answer);
  }

  async function answerSettings(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origins.settings);
    if (url.pathname.startsWith('/settings/')) {
      response.writeHead(200, settingsHeaders(origins.dashboard, preview.origin));
      response.end(settingsDocument(code, { o: origins.dashboard, widgetOrigin: preview.origin }));
    } else if (url.pathname.startsWith('/assets/')) {
      const file = code.files.get(url.pathname.slice('/assets/'.length));
      const type = url.pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
      response.writeHead(file ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(file?.body);
    } else if (url.pathname.startsWith(API)) await answerApi(request, response, url);
    else response.writeHead(404).end();
  }

  const preview = await startFakePreviewOrigin(() => [origins.settings, origins.dashboard]);
  const settings = await listen((request, response) => void answerSettings(request, response));
  const host = await listen((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(dashboardPage(origins.settings, dashboard)),
  );
  origins.settings = `http://settings.localhost:${portOf(settings)}`;
  origins.dashboard = `http://dashboard.localhost:${portOf(host)}`;
  return {
    settingsOrigin: origins.settings,
    dashboardOrigin: origins.dashboard,
    preview,
    widget,
    requests,
    expiredTokens,
    answer: (call, answer) => void answers.set(call, answer),
    refuse: (start, refused, times = 1) => void refusals.push(...Array(times).fill({ start, code: refused })),
    close: async () => void (await Promise.all([stop(settings), stop(host), preview.close()])),
  };
}

async function readCall(request: IncomingMessage, url: URL): Promise<AdminRequest> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  const isJson = request.headers['content-type'] === 'application/json';
  return {
    method: request.method ?? '',
    path: url.pathname.slice(API.length),
    query: url.searchParams,
    body: isJson ? JSON.parse(text) : text,
    token: (request.headers.authorization ?? '').replace('Bearer ', ''),
  };
}

function refuse(response: ServerResponse, code: ErrorCode | undefined): void {
  if (code === undefined) response.destroy();
  else send(response, new FakeRefusal(code));
}

function send(response: ServerResponse, answer: unknown): void {
  if (answer === NOTHING) return void response.writeHead(204).end();
  const isRefusal = answer instanceof FakeRefusal;
  const error = isRefusal && { code: answer.code, message: `Refused with ${answer.code}`, requestId: 'r1' };
  const body = isRefusal ? { error, ...answer.extra } : answer;
  response.writeHead(isRefusal ? ERROR_STATUS[answer.code] : 200, {
    'content-type': 'application/json; charset=utf-8',
  });
  response.end(JSON.stringify(body));
}

function listen(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handler);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
