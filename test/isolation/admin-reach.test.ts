import type { Frame } from 'playwright-core';
import { expect } from 'vitest';
import { API_BASE } from '../../shared/api-path.ts';
import { embeddingPage } from '../support/hostile-pages.ts';
import { askInFrame, frameOf, openWidget } from './embedder.ts';
import { test as isolationTest } from './isolation-test.ts';
import type { IsolationStage } from './stage.ts';

/** The chat document of a visitor with a session and a conversation, in which somebody's script runs. */
const test = isolationTest.extend('chat', async ({ stage, page }): Promise<Frame> => {
  await page.goto(stage.sites.publish('shop', embeddingPage(stage.widgetOrigin, stage.keys.shop)));
  await openWidget(page);
  const frame = await frameOf(page, stage.widgetOrigin);
  await askInFrame(frame, 'What do you sell?');
  return frame;
});

function adminRoutes({ casement }: IsolationStage) {
  return casement.server.app.routes
    .filter(({ guard }) => guard === 'admin')
    .map(({ method, path }) => ({ method, path: path.replaceAll(/:\w+/g, '1') }));
}

/** The token that the frame itself holds. */
function sessionToken({ proxy }: IsolationStage): string {
  const session = proxy.exchanges().find(({ method, path }) => method === 'POST' && path === `${API_BASE}/session`);
  return JSON.parse(session?.body ?? '{}').token;
}

type Asked = { readonly route: string; readonly status: number | string };

/** Asks each route at `origin` with the token, from within the frame. */
function askAll(frame: Frame, origin: string, stage: IsolationStage): Promise<Asked[]> {
  const routes = adminRoutes(stage);
  expect(routes.length).toBeGreaterThan(10);
  return frame.evaluate(
    async ({ routes, origin, token }) => {
      const asked: Asked[] = [];
      for (const { method, path } of routes) {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const status = await fetch(`${origin}${path}`, {
          method,
          headers,
          ...(method !== 'GET' && { body: '{}' }),
        }).then(
          (answer) => answer.status,
          (error: Error) => error.name,
        );
        asked.push({ route: `${method} ${path}`, status });
      }
      return asked;
    },
    { routes, origin, token: sessionToken(stage) },
  );
}

test('case 60: the chat document asks its own origin for every admin route -> none is there', async ({
  stage,
  chat,
}) => {
  const asked = await askAll(chat, stage.widgetOrigin, stage);
  // Where visitors have the same path, it is theirs, and knows no such method.
  expect(asked.filter(({ status }) => ![404, 405].includes(Number(status)))).toEqual([]);
});

test('case 60: the chat document asks the settings origin for every admin route -> stopped by its own policy', async ({
  stage,
  chat,
  log,
}) => {
  const asked = await askAll(chat, stage.casement.settingsOrigin, stage);
  expect(new Set(asked.map(({ status }) => status))).toEqual(new Set(['TypeError']));
  expect(log.complaints.join('\n')).toContain('Content Security Policy directive: "connect-src \'self\'"');
});

test('case 60: the chat document opens the settings origin in a window and in a frame -> cannot look into either', async ({
  stage,
  context,
  chat,
  log,
}) => {
  const opening = context.waitForEvent('page');
  const seen = await chat.evaluate((url) => {
    const opened = window.open(url);
    Reflect.set(window, 'opened', opened);
    const iframe = document.createElement('iframe');
    iframe.src = url;
    document.body.append(iframe);
    return opened === null ? 'none' : 'opened';
  }, `${stage.casement.settingsOrigin}/healthz`);
  const opened = await opening;
  await opened.waitForLoadState();
  expect(['none', 'opened']).toContain(seen);
  const look = await chat
    .evaluate(() => Reflect.get(window, 'opened')?.document.body.textContent ?? 'nothing')
    .catch((error: Error) => error.message);
  expect(look).toMatch(/SecurityError|^nothing$/);
  const framed = await chat.evaluate(() => String(document.querySelector('iframe')?.contentDocument));
  expect(framed).toBe('null');
  expect(log.complaints.join('\n')).toContain('"frame-src \'none\'"');
});
