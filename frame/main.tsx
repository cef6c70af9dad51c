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

/**
 * Shakes hands with the host page, then draws the panel, and only then asks the server for anything. Without a host page
 * that answers there is nothing to see.
 */
async function start(): Promise<void> {
  const boot = readBoot(document);
  const handshake = await shakeHands(window, {
    origin: boot.o,
    postToParent: (message, origin) => parent.postMessage(message, origin),
  });
  if (!handshake) return;
  const hostPage = createHostPage();
  const chat = createChat(createOnline(window), boot.configuration);
  // What the host page says to a frame that is ready comes in a later task, and finds the panel drawn.
  hostPage.connect(handshake, launcherLookOf(boot.configuration));
  followTheme(document, chat.configuration, matchMedia('(prefers-color-scheme: dark)'));
  render(<Panel boot={boot} chat={chat} hostPage={hostPage} />, document.querySelector('#root') ?? document.body);
  await loadRest({ boot, chat, hostPage }, createLazyChunks(document, boot.lazyChunks));
}

void start();
