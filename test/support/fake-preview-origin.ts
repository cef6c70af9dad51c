import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { SESSION } from '../browser/frame/builders.ts';
import { buildFrame } from '../browser/frame/built-frame.ts';
import { DEMO_CONFIGURATION } from '../browser/frame/demo-configuration.ts';
import { frameDocument, frameHeaders } from '../browser/frame/frame-document.ts';
import { FAKE_SIGNING, signFakeAnswer } from './fake-session.ts';

/** A widget origin that has the real chat as a preview, and lets it open sessions. */
export type FakePreviewOrigin = {
  readonly origin: string;
  /** What each session was opened with. */
  readonly sessions: readonly { readonly ticket: string; readonly proof: string }[];
  /** The addresses of the documents that were asked for. */
  readonly documents: readonly string[];
  close(): Promise<void>;
};

/** Starts on a free port; `peers` are the settings origin and the dashboard, once they are known. */
export async function startFakePreviewOrigin(peers: () => readonly [string, string]): Promise<FakePreviewOrigin> {
  const frame = await buildFrame();
  const sessions: { ticket: string; proof: string }[] = [];
  const documents: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const [settingsOrigin] = peers();
    if (path.startsWith('/preview/')) {
      documents.push(path);
      response.writeHead(200, frameHeaders(peers().join(' ')));
      response.end(frameDocument(frame, { origin: settingsOrigin, configuration: DEMO_CONFIGURATION, preview: true }));
    } else if (path.startsWith('/assets/')) {
      const file = frame.files.get(path.slice('/assets/'.length));
      const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
      response.writeHead(file ? 200 : 404, { 'content-type': `${type}; charset=utf-8` }).end(file?.body);
    } else if (path.startsWith('/api/v1/widget/session')) {
      sessions.push(JSON.parse(await read(request)));
      sendJson(request, response, { ...SESSION, ...FAKE_SIGNING });
    } else response.writeHead(404).end();
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    origin: `http://widget.localhost:${port}`,
    sessions,
    documents,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function sendJson(request: IncomingMessage, response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  const headers = { 'content-type': 'application/json; charset=utf-8', ...signFakeAnswer(request, 200, body) };
  response.writeHead(200, headers).end(body);
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  return text;
}
