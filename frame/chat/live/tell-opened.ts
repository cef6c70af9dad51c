import { effect } from '@preact/signals';
import type { ChatApi } from '../../api/chat-api.ts';
import type { HostPage } from '../../host/host-page.ts';

/** Counts this document as opened when its panel is first shown. Nothing follows from it for the visitor, or if it fails. */
export function tellOpened(api: Pick<ChatApi, 'tellOpened'>, { isOpen }: Pick<HostPage, 'isOpen'>): void {
  let isTold = false;
  effect(() => {
    if (!isOpen.value || isTold) return;
    isTold = true;
    api.tellOpened().catch(() => {});
  });
}
