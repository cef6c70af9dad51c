import { effect, type ReadonlySignal, type Signal } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Configuration } from '../../../shared/configuration.ts';
import { FRAME_ATTRIBUTES } from '../../../shared/frame-element.ts';
import { createNonce } from '../../../shared/nonce.ts';
import type { View } from '../view.ts';
import { createPreviewChat } from './preview-chat.ts';
import { linkPreview } from './preview-link.ts';

type Props = {
  readonly view: View;
  readonly configuration: ReadonlySignal<Configuration | undefined>;
  /** Where it says why the chat cannot answer. */
  readonly trouble: Signal<string | undefined>;
  readonly radius: number;
  /** Another one is to take its place. */
  readonly onEnded: () => void;
};

/** One document of the preview, in an iframe like every other of the chat, with one session at most. */
export function PreviewFrame({ view, configuration, trouble, radius, onEnded }: Props) {
  const iframe = useRef<HTMLIFrameElement>(null);
  const nonce = useMemo(createNonce, []);
  const { widgetOrigin, widget, o } = view.boot;

  useLayoutEffect(() => {
    const { current } = iframe;
    if (current === null) return undefined;
    const link = linkPreview({ iframe: current, origin: widgetOrigin, nonce, onEnded });
    const chat = createPreviewChat(view, link, nonce);
    const stops = [
      effect(() => {
        if (configuration.value !== undefined) link.show(configuration.value);
      }),
      effect(() => {
        trouble.value = chat.trouble.value;
      }),
      watchFocus(current, () => void chat.open()),
      link.close,
    ];
    current.src = `${widgetOrigin}/preview/${encodeURIComponent(widget)}?o=${encodeURIComponent(o)}#${nonce}`;
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  return (
    <iframe
      ref={iframe}
      title="The chat as your draft has it"
      class="preview-frame"
      style={{ borderRadius: `${radius}px` }}
      {...FRAME_ATTRIBUTES}
    />
  );
}

const LOOK_EVERY_MS = 300;

/**
 * Calls `onInside` while somebody is in the iframe. No event says so when the focus comes from the dashboard around us
 * straight into the iframe, so it is looked for.
 */
function watchFocus(iframe: HTMLIFrameElement, onInside: () => void): () => void {
  const timer = setInterval(() => {
    if (document.activeElement === iframe && document.hasFocus()) onInside();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
