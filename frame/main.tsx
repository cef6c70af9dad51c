import './styles/main.css';
import { render } from 'preact';
import { launcherLookOf } from '../shared/launcher-look.ts';
import { createChat } from './chat/chat.ts';
import { loadRest } from './chat/load-rest.ts';
import { Panel } from './chat/panel/panel.tsx';
import { readBoot } from './host/boot.ts';
import { shakeHands } from './host/handshake.ts';
import { createHostPage } from './host/host-page.ts';
import { createLazyChunks } from './host/lazy-chunks.ts';
import { createOnline } from './ui/online.ts';
import { followTheme } from './ui/theme.ts';

/** Draws the panel, shakes hands with the host page, and only then asks the server for anything. */
async function start(): Promise<void> {
  const boot = readBoot(document);
  const hostPage = createHostPage();
  const chat = createChat(createOnline(window), boot.configuration);

  followTheme(document, chat.configuration, matchMedia('(prefers-color-scheme: dark)'));
  render(<Panel boot={boot} chat={chat} hostPage={hostPage} />, document.querySelector('#root') ?? document.body);

  const handshake = await shakeHands(window, {
    origin: boot.o,
    postToParent: (message, origin) => parent.postMessage(message, origin),
  });
  if (!handshake) return;
  hostPage.connect(handshake, launcherLookOf(boot.configuration));
  await loadRest({ boot, chat, hostPage }, createLazyChunks(document, boot.lazyChunks));
}

void start();
