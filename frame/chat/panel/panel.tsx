import { useEffect } from 'preact/hooks';
import type { Surroundings } from '../load-rest.ts';
import { Composer } from './composer.tsx';
import { Header } from './header.tsx';
import { Skeleton } from './skeleton.tsx';
import { TroubleLine } from './trouble-line.tsx';

/** The whole panel: header, what was said or a greeting, composer. */
export function Panel({ boot, chat, hostPage }: Surroundings) {
  const { texts } = chat.configuration.value;
  const Content = chat.parts.value?.Content;

  useEffect(() => {
    document.addEventListener('keydown', (event) => {
      // The menu prevents what it handles itself; an input method closes its own list first.
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (chat.view.value === 'history') chat.view.value = 'conversation';
      else hostPage.close();
    });
  }, []);

  return (
    <div class="panel">
      <Header chat={chat} texts={texts} isPreview={!!boot.preview} onClose={hostPage.close} />
      <main class="content">{Content ? <Content boot={boot} chat={chat} /> : <Skeleton />}</main>
      <TroubleLine chat={chat} texts={texts} />
      {chat.view.value === 'conversation' && <Composer chat={chat} texts={texts} isOpen={hostPage.isOpen} />}
      <div class="unseen" aria-live="polite">
        {chat.announcement}
      </div>
    </div>
  );
}
