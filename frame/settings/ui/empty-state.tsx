import type { ComponentChildren } from 'preact';

type Props = {
  /** What there is not, and since when or why, such as "No site has asked for the widget yet". */
  readonly heading: string;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
};

/** What stands where nothing is yet. */
export function EmptyState({ heading, children, actions }: Props) {
  return (
    <div class="empty">
      <strong>{heading}</strong>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <div class="actions">{actions}</div>}
    </div>
  );
}
