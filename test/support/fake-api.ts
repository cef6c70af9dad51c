import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Configuration, configurationTag } from '../../shared/configuration.ts';
import { ERROR_STATUS, type ErrorCode } from '../../shared/error-code.ts';
import { SESSION } from '../browser/frame/builders.ts';
import { buildFrame } from '../browser/frame/built-frame.ts';
import { DEMO_CONFIGURATION } from '../browser/frame/demo-configuration.ts';
import { type FakeQuestion, FakeReply } from '../browser/frame/fake-reply.ts';
import { frameDocument, frameHeaders } from '../browser/frame/frame-document.ts';
import { hostPageDocument } from '../browser/frame/host-page.ts';
import type { BuiltDocument } from './bundle-document.ts';
import { FAKE_SIGNING, signFakeAnswer } from './fake-session.ts';

export type SeenRequest = { readonly method: string; readonly path: string; readonly body: string };

/** A stand-in for the server, a host page on another origin, and a third origin that nobody may ever ask. */
export type FakeApi = {
  readonly widgetOrigin: string;
  readonly shopOrigin: string;
  /** An origin whose every request is counted and answered with nothing. */
  readonly evilOrigin: string;
  readonly evilRequests: readonly string[];
  /** Every API request but those for the configuration, in order; `path` is below the API. */
  readonly requests: readonly SeenRequest[];
  /** Replies by conversation, in order; what is in here is the visitor's history. */
  readonly conversations: Map<string, FakeReply[]>;
  /** What the visitor has said in other browsers, and finds again once it is known who they are. */
  readonly elsewhere: Map<string, FakeReply[]>;
  /** The reply to the next message, or to one that came and was not asked for yet. */
  nextReply(): Promise<FakeReply>;
  /** Refuses the next requests whose `METHOD /path` starts with `start`; `undefined` cuts the connection instead. */
  refuse(start: string, code: ErrorCode | undefined, times?: number): void;
  configure(change: (configuration: Configuration) => Configuration): void;
  close(): Promise<void>;
};

/** Starts on free ports of hosts below `domain`. */
export async function startFakeApi(domain = 'localhost'): Promise<FakeApi> {
  const frame = await buildFrame();
  const state = createState();
  const evilRequests: string[] = [];
  const widget = await listen((request, response) => void answer({ request, response, frame, state }));
  const shop = await listen((_, response) => sendHtml(response, hostPageDocument(state.widgetOrigin)));
  const evil = await listen((request, response) => {
    evilRequests.push(request.url ?? '');
    response.end();
  });
  state.widgetOrigin = `http://widget.${domain}:${portOf(widget)}`;
  state.shopOrigin = `http://shop.${domain}:${portOf(shop)}`;
  return {
    ...state,
    evilRequests,
    widgetOrigin: state.widgetOrigin,
    shopOrigin: state.shopOrigin,
    evilOrigin: `http://evil.${domain}:${portOf(evil)}`,
    nextReply: () => {
      const reply = state.untaken.shift();
      return reply ? Promise.resolve(reply) : new Promise((resolve) => state.waiting.push(resolve));
    },
    refuse: (start, code, times = 1) => void state.refusals.push(...Array(times).fill({ start, code })),
    configure: (change) => {
      state.configuration = change(state.configuration);
    },
    close: async () => void (await Promise.all([widget, shop, evil].map(stop))),
  };
}

type State = {
  widgetOrigin: string;
  shopOrigin: string;
  configuration: Configuration;
  readonly requests: SeenRequest[];
  readonly conversations: Map<string, FakeReply[]>;
  readonly elsewhere: Map<string, FakeReply[]>;
  readonly replies: Map<string, FakeReply>;
  /** Replies that came and were not asked for, and who asked before one came. */
  readonly untaken: FakeReply[];
  readonly waiting: ((reply: FakeReply) => void)[];
  readonly refusals: { readonly start: string; readonly code: ErrorCode | undefined }[];
};

function createState(): State {
  return {
    widgetOrigin: '',
    shopOrigin: '',
    configuration: DEMO_CONFIGURATION,
    requests: [],
    conversations: new Map(),
    elsewhere: new Map(),
    replies: new Map(),
    untaken: [],
    waiting: [],
    refusals: [],
  };
}

type Call = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly frame: BuiltDocument;
  readonly state: State;
};

const API = '/api/v1/widget';

async function answer({ request, response, frame, state }: Call): Promise<void> {
  const url = new URL(request.url ?? '/', state.widgetOrigin);
  const { pathname } = url;
  if (pathname.startsWith('/frame/')) {
    response.writeHead(200, frameHeaders(state.shopOrigin));
    response.end(frameDocument(frame, { origin: state.shopOrigin, configuration: state.configuration }));
  } else if (pathname.startsWith('/assets/')) {
    const file = frame.files.get(pathname.slice('/assets/'.length));
    const type = pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
    response.writeHead(file ? 200 : 404, { 'content-type': `${type}; charset=utf-8` });
    response.end(file?.body);
  } else if (pathname.startsWith(API)) {
    const call = {
      method: request.method ?? '',
      path: pathname.slice(API.length) + url.search,
      body: await read(request),
    };
    // What an open panel says by itself is not what a test that counts requests is about.
    if (!/^\/(configuration|session\/opened)/.test(call.path)) state.requests.push(call);
    const name = `${call.method} ${call.path}`;
    const refusal = state.refusals.findIndex(({ start }) => name.startsWith(start));
    if (refusal >= 0) refuse(response, state.refusals.splice(refusal, 1)[0]?.code);
    else answerCall(call, url, response, state);
  } else {
    response.writeHead(404).end();
  }
}

function answerCall({ method, path, body }: SeenRequest, url: URL, response: ServerResponse, state: State): void {
  const [, collection = '', id = '', verb = ''] = path.split(/[/?]/);
  const reply = state.replies.get(id);
  if (path === '/session/opened' || verb === 'feedback') {
    response.writeHead(204).end();
  } else if (collection === 'session') {
    answerSession(method, id, response, state);
  } else if (collection === 'configuration') {
    const tag = configurationTag(state.configuration);
    if (response.req.headers['if-none-match'] === tag) response.writeHead(304, { etag: tag }).end();
    else sendJson(response, state.configuration);
  } else if (method === 'POST' && path === '/chat') {
    beginReply(JSON.parse(body), state).listen(response, undefined);
  } else if (collection === 'chat' && verb === 'stop') {
    reply?.end('stopped');
    response.writeHead(204).end();
  } else if (collection === 'chat' && reply) {
    reply.listen(response, url.searchParams.get('after') ?? '0.0');
  } else if (collection === 'conversations' && url.pathname.endsWith('/conversations')) {
    sendJson(response, { conversations: [...state.conversations].reverse().map(summarize), nextBefore: null });
  } else if (state.conversations.has(id)) {
    const messages = state.conversations.get(id)?.flatMap((one) => one.toMessages());
    sendJson(response, { id, messages, nextBefore: null });
  } else refuse(response, 'NOT_FOUND');
}

/** Whoever is identified finds the conversations of `elsewhere` as well; whoever has logged out finds none. */
function answerSession(method: string, verb: string, response: ServerResponse, state: State): void {
  if (method === 'DELETE') {
    state.conversations.clear();
    response.writeHead(204).end();
    return;
  }
  if (verb === 'identify') for (const [id, replies] of state.elsewhere) state.conversations.set(id, replies);
  const conversationId = [...state.conversations.keys()].at(-1) ?? null;
  const { token, expiresInSeconds } = SESSION;
  if (verb === 'identify') sendJson(response, { conversationId });
  else if (verb === 'renew') sendJson(response, { token, expiresInSeconds });
  else sendJson(response, { ...SESSION, ...FAKE_SIGNING, conversationId });
}

/** One message id is one reply, however often it is sent. */
function beginReply(question: FakeQuestion, state: State): FakeReply {
  const known = [...state.replies.values()].find((one) => one.question.messageId === question.messageId);
  if (known) return known;
  const conversationId = question.conversationId ?? randomUUID();
  const reply = new FakeReply(question, conversationId);
  const others = (state.conversations.get(conversationId) ?? []).filter(
    (one) => one.question.messageId !== question.retryOf,
  );
  state.conversations.delete(conversationId);
  state.conversations.set(conversationId, [...others, reply]);
  state.replies.set(reply.id, reply);
  const waiting = state.waiting.shift();
  if (waiting) waiting(reply);
  else state.untaken.push(reply);
  return reply;
}

function summarize([id, replies]: [string, FakeReply[]]) {
  const at = new Date().toISOString();
  return { id, title: replies[0]?.question.text ?? '', createdAt: at, updatedAt: at };
}

function refuse(response: ServerResponse, code: ErrorCode | undefined): void {
  if (code === undefined) return void response.destroy();
  sendJson(response, { error: { code, message: 'No.', requestId: 'r1' } }, ERROR_STATUS[code]);
}

function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  const body = JSON.stringify(value);
  const signature = signFakeAnswer(response.req, status, body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...signature }).end(body);
}

function sendHtml(response: ServerResponse, html: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece;
  return body;
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
