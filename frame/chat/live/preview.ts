import { computed, effect } from '@preact/signals';
import * as v from 'valibot';
import { configurationSchema } from '../../../shared/configuration.ts';
import { type OpenedSession, openSession } from '../../api/session-api.ts';
import type { HostPage } from '../../host/host-page.ts';
import type { Surroundings } from '../load-rest.ts';
import { takeOver } from './take-over.ts';

const configurationTextSchema = v.pipe(v.string(), v.parseJson(), configurationSchema);

/**
 * Opens the session of a preview as soon as the settings view has handed over a ticket. The nonce in our address proves
 * that we are the document the ticket was made for.
 */
export function openPreviewSession({ preview }: HostPage): Promise<OpenedSession> {
  return new Promise((resolve, reject) => {
    const stop = effect(() => {
      const { ticket } = preview.value;
      if (ticket === undefined) return;
      openSession({ ticket, proof: location.hash.slice(1) }).then(resolve, reject);
      queueMicrotask(() => stop());
    });
  });
}

/** Looks and speaks as the settings view says, at once and whenever it says so again; what is not valid changes nothing. */
export function followPreview({ chat, hostPage }: Pick<Surroundings, 'chat' | 'hostPage'>, page: Document): void {
  // There is no conversation to wait for.
  chat.isReady.value = true;
  const text = computed(() => hostPage.preview.value.configuration);
  effect(() => {
    const { success, output } = v.safeParse(configurationTextSchema, text.value);
    if (success) takeOver({ chat, hostPage }, page, output);
  });
}
