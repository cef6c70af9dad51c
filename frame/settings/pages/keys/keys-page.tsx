import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { KEY_TARGETS, type KeyTarget } from '../../../../shared/keys-api.ts';
import { getRotations } from '../../api/keys.ts';
import { addStyles } from '../../ui/add-styles.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';
import { KeyTable } from './key-table.tsx';
import { KEY_WORDS } from './key-words.ts';
import rules from './keys.css' with { type: 'text' };
import { RotateDialog } from './rotate-dialog.tsx';
import { RotationList } from './rotation-list.tsx';

addStyles(rules);

/** While an old key is on its way out, who uses it is asked for again so often. */
const LIVE_MS = 5_000;

/** The keys of the widget: what they are for, who uses them, and how one is replaced without a gap. */
export function KeysPage({ view }: { view: View }) {
  const { resources } = view;
  const rotating = useSignal<KeyTarget | undefined>(undefined);
  const rotations = resources.use('rotations', () => getRotations(view.api)).value;
  const isRetiring = rotations.answer?.keys.some(({ state }) => state === 'retiring') ?? false;

  useEffect(() => {
    if (!isRetiring) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) void resources.reload('rotations');
    }, LIVE_MS);
    return () => clearInterval(timer);
  }, [isRetiring, resources]);

  if (view.published.value.version === 0) {
    return <EmptyState heading="There are no keys yet">The first publish makes the widget and its keys.</EmptyState>;
  }
  const { answer } = rotations;
  if (answer === undefined) {
    return <Loading resource={rotations} onRetry={() => void resources.reload('rotations')} />;
  }
  return (
    <>
      {KEY_TARGETS.map((target) => (
        <Section
          key={target}
          heading={KEY_WORDS[target].name}
          help={KEY_WORDS[target].about}
          isWide
          actions={
            <Button
              label={`Rotate the ${KEY_WORDS[target].name.toLowerCase()}`}
              reason={view.reasonAgainst(target === 'public' ? 'keys:rotate-public' : 'keys:rotate-secret')}
              onClick={() => {
                rotating.value = target;
              }}
            >
              Rotate
            </Button>
          }
        >
          <KeyTable view={view} target={target} answer={answer} />
        </Section>
      ))}
      <RotationList view={view} answer={answer} />
      {rotating.value !== undefined && (
        <RotateDialog
          view={view}
          target={rotating.value}
          onClose={() => {
            rotating.value = undefined;
          }}
        />
      )}
    </>
  );
}
