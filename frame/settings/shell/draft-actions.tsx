import { reasonAgainstPublishing } from '../state/reason.ts';
import { Button } from '../ui/button.tsx';
import { Chip } from '../ui/marks.tsx';
import type { View } from '../view.ts';

type Props = { readonly view: View; readonly onReview: () => void };

/** How much is unpublished, and what can be done about it. Nothing while nothing is. */
export function DraftActions({ view, onReview }: Props) {
  const count = view.draft.count.value;
  if (count === 0) return null;
  const { version } = view.published.value;
  const reason = reasonAgainstPublishing({ role: view.role, version, changes: view.draft.changes.value });

  async function discard(): Promise<void> {
    const isAgreed = await view.confirm({
      title: 'Discard your changes?',
      body: `The widget stays as it is published. ${count === 1 ? 'One change is' : `${count} changes are`} lost.`,
      action: 'Discard',
      isDangerous: true,
      otherwise: 'Keep editing',
    });
    const { settings, version } = view.published.value;
    if (isAgreed) view.draft.replace(settings, { settings, version });
  }

  return (
    <div class="page-actions">
      <Chip tone="warn">{count === 1 ? '1 unpublished change' : `${count} unpublished changes`}</Chip>
      <Button kind="bare" onClick={() => void discard()}>
        Discard
      </Button>
      <Button kind="primary" onClick={onReview} reason={reason}>
        Review and publish
      </Button>
    </div>
  );
}
