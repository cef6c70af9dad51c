import type { Signal } from '@preact/signals';
import { labelOf, routeOf } from '../changes/field-label.ts';
import { ErrorSummary, focusField } from '../ui/error-summary.tsx';
import type { View } from '../view.ts';

/** What keeps the draft from being published, with the way to each field, on whatever page it stands. */
export function ProblemSummary({ view, isShown }: { view: View; isShown: Signal<boolean> }) {
  const problems = view.draft.problems.value;
  if (!isShown.value || problems.length === 0) return null;
  return (
    <ErrorSummary
      heading={
        problems.length === 1
          ? 'One setting cannot be published so'
          : `${problems.length} settings cannot be published so`
      }
      problems={problems.map(({ field, message }) => ({
        label: labelOf(field),
        message,
        onFollow: () => follow(view, field),
      }))}
    />
  );
}

/** Opens the field's page, and puts the focus there once it has come. */
async function follow(view: View, field: string): Promise<void> {
  if (focusField(field)) return;
  await view.go(routeOf(field));
  const observer = new MutationObserver(() => {
    if (focusField(field)) observer.disconnect();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), 5_000);
}
