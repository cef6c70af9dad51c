import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import * as strings from '../../ui/strings.ts';
import type { LinkTarget } from './link-target.ts';

type LinkViewProps = {
  readonly target: LinkTarget;
  readonly words: ComponentChildren;
  /** The words show the host already. */
  readonly hasHost: boolean;
};

/** A link to the embedding site opens. Any other shows its host, and at the first click only where it leads. */
export function LinkView({ target, words, hasHost }: LinkViewProps) {
  const isAsking = useSignal(false);
  if (target.isDirect) {
    return (
      <a href={target.href} target="_blank" rel="noopener noreferrer" title={target.href}>
        {words}
      </a>
    );
  }
  return (
    <>
      <button
        type="button"
        class="link"
        aria-expanded={isAsking.value}
        onClick={() => {
          isAsking.value = !isAsking.value;
        }}
      >
        {words}
      </button>
      {!hasHost && <bdi class="host"> ({target.host})</bdi>}
      {isAsking.value && <LinkStrip target={target} />}
    </>
  );
}

/** The whole address, to be read before it is opened. */
export function LinkStrip({ target }: { target: LinkTarget }) {
  return (
    <span class="strip">
      <span class="address">
        {strings.leadsTo} <bdi dir="ltr">{target.href}</bdi>
      </span>
      <a class="outlined" href={target.href} target="_blank" rel="noopener noreferrer">
        {strings.openLink}
      </a>
    </span>
  );
}
