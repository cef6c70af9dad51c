import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CheckedSite } from '../../../../shared/site-check-api.ts';
import { checkSite } from '../../api/sites.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { View } from '../../view.ts';
import { WildcardExamples } from './wildcard-examples.tsx';

const PAUSE_MS = 250;

/** One line for a new site, checked by the server's own rules while it is typed. */
export function AddSite({ view }: { view: View }) {
  const typed = useSignal('');
  const checked = useSignal<CheckedSite | undefined>(undefined);
  const { allowlist } = view.draft.settings.value;

  useEffect(() => {
    checked.value = undefined;
    if (typed.value.trim() === '') return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      checkSite(view.api, typed.value, abort.signal).then(
        (found) => {
          if (!abort.signal.aborted) checked.value = found;
        },
        // Without an answer the line is checked when it is published.
        () => {},
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed.value]);

  const now = checked.value;
  const saved = now?.kind === 'accepted' ? now.saved : undefined;
  const isKnown = saved !== undefined && allowlist.includes(saved);

  function add(): void {
    if (saved === undefined || isKnown) return;
    view.draft.edit('allowlist', (sites) => [...sites, saved]);
    typed.value = '';
  }

  return (
    <Section
      heading="Allow a site"
      help="The address of a page, or “https://*.” before a domain of yours for every name below it."
    >
      {/* biome-ignore lint/a11y/useSemanticElements: there is no form to submit */}
      <div class="field-row" role="group" aria-label="Allow a site" onKeyDown={({ key }) => key === 'Enter' && add()}>
        <TextField
          label="Site"
          isCode
          placeholder="https://shop.example"
          value={typed.value}
          error={now?.kind === 'refused' ? now.reason : undefined}
          help={describe(typed.value, saved, isKnown)}
          onInput={(text) => {
            typed.value = text;
          }}
        />
        <Button onClick={add} reason={whyNotAdd(typed.value, now, isKnown)}>
          Allow
        </Button>
      </div>
      {saved?.includes('*') && <WildcardExamples entry={saved} />}
    </Section>
  );
}

function describe(typed: string, saved: string | undefined, isKnown: boolean): string {
  if (isKnown) return `“${saved}” is allowed already.`;
  if (saved !== undefined && saved !== typed.trim()) return `Kept as ${saved}`;
  return 'Only https. Pages of this machine may use http while you develop.';
}

function whyNotAdd(typed: string, now: CheckedSite | undefined, isKnown: boolean): string | undefined {
  if (typed.trim() === '') return 'Write an address first.';
  if (isKnown) return 'This site is allowed already.';
  if (now === undefined) return 'The address is being checked.';
  return now.kind === 'refused' ? now.reason : undefined;
}
