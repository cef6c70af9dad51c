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

/** The panel waits so long for the host page, which is there first that way; drawing takes longer than its answer. */
const FIRST_WORD_MS = 40;

/** Shakes hands with the host page and draws the panel, also if nobody answers; only an answer lets it ask the server. */
async function start(): Promise<void> {
  const boot = readBoot(document);
  const hostPage = createHostPage();
  const handshake = shakeHands(window, {
    origin: boot.o,
    postToParent: (message, origin) => parent.postMessage(message, origin),
  });
  const isConnected = handshake.then((found) => {
    if (found) hostPage.connect(found, launcherLookOf(boot.configuration));
    return found !== undefined;
  });
  await Promise.race([isConnected, new Promise((resolve) => setTimeout(resolve, FIRST_WORD_MS))]);

  const chat = createChat(createOnline(window), boot.configuration);
  followTheme(document, chat.configuration, matchMedia('(prefers-color-scheme: dark)'));
  render(<Panel boot={boot} chat={chat} hostPage={hostPage} />, document.querySelector('#root') ?? document.body);
  if (await isConnected) await loadRest({ boot, chat, hostPage }, createLazyChunks(document, boot.lazyChunks));
}

void start();
