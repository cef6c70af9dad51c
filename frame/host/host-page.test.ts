import { expect, test } from 'vitest';
import type { LauncherLook } from '../../shared/port-message.ts';
import { createHostPage } from './host-page.ts';

const LOOK: LauncherLook = {
  accent: '#0059ff',
  mode: 'auto',
  icon: 'chat',
  label: 'Chat',
  position: 'end',
  offsetSide: 24,
  offsetBottom: 24,
  radius: 20,
  zIndex: 1,
};
const F = 'f'.repeat(32);

function arrange() {
  const { port1, port2 } = new MessageChannel();
  const heard: unknown[] = [];
  const hostPage = createHostPage();
  // The channel sets `onmessage` itself; answering through it keeps the test free of time.
  port1.postMessage = (message: unknown) => void heard.push(message);
  hostPage.connect({ port: port1, f: F }, LOOK);
  let sent = 0;
  const receive = (message: object) =>
    port1.onmessage?.(new MessageEvent('message', { data: { ...message, s: ++sent } }));
  port2.close();
  return { hostPage, heard, receive };
}

test('says that it is ready with its nonce, and then how the launcher looks', () => {
  expect(arrange().heard).toEqual([
    { t: 'ready', f: F, s: 1 },
    { t: 'look', look: LOOK, s: 2 },
  ]);
});

test('knows whether the panel is open', () => {
  const { hostPage, receive } = arrange();
  expect(hostPage.isOpen.value).toBe(false);
  receive({ t: 'open' });
  expect(hostPage.isOpen.value).toBe(true);
  receive({ t: 'close' });
  expect(hostPage.isOpen.value).toBe(false);
});

test('keeps the latest of what the settings view says of a preview', () => {
  const { hostPage, receive } = arrange();
  receive({ t: 'preview', configuration: '{"version":1}' });
  receive({ t: 'preview', ticket: 'once' });
  receive({ t: 'preview', configuration: '{"version":2}' });
  expect(hostPage.preview.value).toMatchObject({ ticket: 'once', configuration: '{"version":2}' });
  expect(hostPage.isOpen.value).toBe(false);
});

test('answers a ping', () => {
  const { heard, receive } = arrange();
  receive({ t: 'ping' });
  expect(heard.at(-1)).toEqual({ t: 'pong', s: 3 });
});

test('counts unread answers until the panel opens', () => {
  const { hostPage, heard, receive } = arrange();
  hostPage.countUnread();
  hostPage.countUnread();
  receive({ t: 'open' });
  receive({ t: 'open' });
  expect(heard.slice(2)).toEqual([
    { t: 'unread', n: 1, s: 3 },
    { t: 'unread', n: 2, s: 4 },
    { t: 'unread', n: 0, s: 5 },
  ]);
});

test('is closed from the moment it asks to be', () => {
  const { hostPage, heard, receive } = arrange();
  receive({ t: 'open' });
  hostPage.close();
  expect(hostPage.isOpen.value).toBe(false);
  expect(heard.at(-1)).toMatchObject({ t: 'close' });
});

test('says nothing more to a peer that breaks the protocol', () => {
  const { hostPage, heard, receive } = arrange();
  receive({ t: 'navigate', url: 'https://evil.example' });
  hostPage.report('reply-ended');
  receive({ t: 'open' });
  expect(heard).toHaveLength(2);
  expect(hostPage.isOpen.value).toBe(false);
});

test('says nothing to nobody before it is connected', () => {
  const hostPage = createHostPage();
  expect(() => {
    hostPage.report('message-sent');
    hostPage.countUnread();
    hostPage.close();
    hostPage.restart();
  }).not.toThrow();
});
