import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import * as strings from '../ui/strings.ts';
import type { LinkTarget } from './link-target.ts';

type LinkViewProps = {
  readonly target: LinkTarget;
  /** The words show the host already. */
  readonly hasHost: boolean;
  /** Where a link puts itself to have its address shown. */
  readonly asked: Signal<LinkTarget | undefined>;
  readonly children: ComponentChildren;
};

/** A link to the embedding site opens. Any other shows its host, and at the first click only where it leads. */
export function LinkView({ target, hasHost, asked, children }: LinkViewProps) {
  if (target.isDirect) {
    return (
      <a href={target.href} target="_blank" rel="noopener noreferrer" title={target.href}>
        {children}
      </a>
    );
  }
  const isAsked = asked.value?.href === target.href;
  return (
    <>
      <button
        type="button"
        class="link"
        aria-expanded={isAsked}
        onClick={() => {
          asked.value = isAsked ? undefined : target;
        }}
      >
        {children}
      </button>
      {!hasHost && <bdi class="host"> ({target.host})</bdi>}
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
