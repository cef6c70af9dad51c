import { useSignal } from '@preact/signals';
import { getInstallation } from '../../api/installation.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Section } from '../../ui/section.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import type { View } from '../../view.ts';
import { pinnedSnippet, plainSnippet } from './snippet-text.ts';

const TABS = [
  { value: 'plain', label: 'Always current' },
  { value: 'pinned', label: 'One version, with integrity' },
] as const;

const HELP = {
  plain: 'Gets every improvement of the widget within five minutes.',
  pinned: 'The browser runs exactly these bytes or nothing. Copy it again after an update of the server.',
};

/** The line of HTML that puts the widget on a page. */
export function Snippet({ view }: { view: View }) {
  const kind = useSignal<'plain' | 'pinned'>('plain');
  const { resources, published } = view;
  const installation = resources.use('installation', () => getInstallation(view.api)).value;
  const key = published.value.publicKeys.find(({ state }) => state === 'active')?.publicKey;
  if (key === undefined) return null;
  if (installation.answer === undefined) {
    return <Loading resource={installation} rows={2} onRetry={() => void resources.reload('installation')} />;
  }
  const text =
    kind.value === 'plain' ? plainSnippet(installation.answer, key) : pinnedSnippet(installation.answer, key);
  return (
    <Section heading="Snippet" help="One line before </body> of every page that shall have the widget.">
      <Tabs
        label="Kind of snippet"
        tabs={TABS}
        value={kind.value}
        onSelect={(value) => {
          kind.value = value;
        }}
      >
        <div class="snippet card">
          <code>{text}</code>
          <CopyButton text={text} label="Copy the snippet" />
        </div>
        <p class="help">{HELP[kind.value]}</p>
      </Tabs>
    </Section>
  );
}
