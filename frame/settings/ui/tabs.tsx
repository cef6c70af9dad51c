import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

type Tab<V extends string> = { readonly value: V; readonly label: ComponentChildren };

type Props<V extends string> = {
  readonly label: string;
  readonly tabs: readonly Tab<V>[];
  readonly value: V;
  readonly onSelect: (value: V) => void;
  /** What the chosen tab shows. */
  readonly children: ComponentChildren;
};

/** https://www.w3.org/WAI/ARIA/apg/patterns/tabs/, each opened by the arrow key that reaches it. */
export function Tabs<V extends string>({ label, tabs, value, onSelect, children }: Props<V>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  function press(event: KeyboardEvent): void {
    const at = tabs.findIndex((tab) => tab.value === value);
    const forward = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const targets: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at - 1,
      Home: 0,
      End: -1,
      [forward]: at + 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const tab = tabs.at(target % tabs.length);
    if (tab === undefined) return;
    onSelect(tab.value);
    list.current?.querySelector<HTMLElement>(`[id="${id}-${tab.value}"]`)?.focus();
  }

  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} tabIndex={-1} ref={list} onKeyDown={press}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            id={`${id}-${tab.value}`}
            type="button"
            role="tab"
            class="tab"
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onSelect(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </>
  );
}
