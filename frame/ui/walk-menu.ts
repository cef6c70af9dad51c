/** Where a key leads from the entry at a position. */
const TARGETS: Readonly<Record<string, (at: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: () => -1,
};

/**
 * Moves the focus among the buttons of a menu as its keys say, and calls `onEscape` for that one; what is handled goes no
 * further (https://www.w3.org/WAI/ARIA/apg/patterns/menubar/#keyboardinteraction).
 */
export function walkMenu(event: KeyboardEvent, menu: HTMLElement | null, onEscape: () => void): void {
  const entries = [...(menu?.querySelectorAll('button') ?? [])];
  const target = TARGETS[event.key]?.(entries.findIndex((entry) => entry.matches(':focus')));
  if (event.key === 'Escape') onEscape();
  else if (target === undefined) return;
  else entries.at(target % entries.length)?.focus();
  event.preventDefault();
  event.stopPropagation();
}
