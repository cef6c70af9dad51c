import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

type Props = {
  readonly heading: string;
  /** One sentence. */
  readonly help?: ComponentChildren;
  /** At the end of the heading's line. */
  readonly actions?: ComponentChildren;
  /** As wide as the page, for tables and charts; else at most 680. */
  readonly isWide?: boolean;
  readonly children: ComponentChildren;
};

/** A heading, a sentence, and what belongs together under them. */
export function Section({ heading, help, actions, isWide = false, children }: Props) {
  const id = useId();
  return (
    <section class={isWide ? 'section wide' : 'section'} aria-labelledby={id}>
      <div class="section-head">
        <div>
          <h2 id={id}>{heading}</h2>
          {help !== undefined && <p class="section-help">{help}</p>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </div>
      <div class="section-body">{children}</div>
    </section>
  );
}

/** Fields side by side where there is room. */
export function Columns({ children }: { children: ComponentChildren }) {
  return <div class="columns">{children}</div>;
}
