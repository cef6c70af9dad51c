import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SettingsChange } from '../../../shared/settings-change.ts';
import { visibleText } from '../../markdown/visible-text.ts';
import type { ImportLater } from '../host/page-chunks.ts';
import { addStyles } from '../ui/add-styles.ts';
import rules from './changes.css' with { type: 'text' };
import { type DescribedChange, describeChanges } from './describe-change.ts';
import type { Stretch } from './word-difference.ts';

type Props = { readonly changes: readonly SettingsChange[]; readonly importLater: ImportLater };

/** A readable difference of two settings: for each setting what it was and what it is. */
export function ChangeList({ changes, importLater }: Props) {
  addStyles(rules);
  return (
    <dl class="changes">
      {describeChanges(changes).map((change) => (
        <div key={change.path} class="change">
          <dt>{change.label}</dt>
          <dd>
            <Difference change={change} importLater={importLater} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Difference({ change, importLater }: { change: DescribedChange; importLater: ImportLater }) {
  switch (change.kind) {
    case 'text':
      return <WordDifference before={change.before} after={change.after} importLater={importLater} />;
    case 'sites':
      return <Sites {...change} />;
    case 'colour':
    case 'value':
      return (
        <>
          <Value text={change.before} isColour={change.kind === 'colour'} />
          <span class="change-arrow" role="img" aria-label="becomes">
            →
          </span>
          <Value text={change.after} isColour={change.kind === 'colour'} />
        </>
      );
    default:
      return change satisfies never;
  }
}

function Value({ text, isColour }: { text: string | undefined; isColour: boolean }) {
  if (text === undefined) return <span class="muted">nothing</span>;
  if (!isColour) return <bdi class="change-value">{visibleText(text)}</bdi>;
  return (
    <code class="change-value">
      <span class="swatch" style={{ background: text }} />
      {text}
    </code>
  );
}

function Sites({ added, removed }: { added: readonly string[]; removed: readonly string[] }) {
  return (
    <ul>
      {added.map((site) => (
        <li key={site}>
          <ins>{site}</ins> may show the widget
        </li>
      ))}
      {removed.map((site) => (
        <li key={site}>
          <del>{site}</del> no longer may
        </li>
      ))}
    </ul>
  );
}

type WordProps = { readonly before: string; readonly after: string; readonly importLater: ImportLater };

/** Until the comparison has come, the two texts stand one under the other. */
export function WordDifference({ before, after, importLater }: WordProps) {
  addStyles(rules);
  const stretches = useSignal<readonly Stretch[]>([]);
  useEffect(() => {
    importLater('word-difference', () => import('./word-difference.ts')).then(
      ({ compareWords }) => {
        stretches.value = compareWords(before, after);
      },
      () => {},
    );
  }, [before, after, importLater, stretches]);

  const shown: readonly Stretch[] =
    stretches.value.length > 0
      ? stretches.value
      : [
          { kind: 'removed', text: before },
          { kind: 'added', text: after },
        ];
  return (
    <p class="words" dir="auto">
      {shown
        .filter(({ text }) => text !== '')
        .map(({ kind, text: hidden }, index) => {
          const text = visibleText(hidden);
          const key = `${index}${kind}`;
          if (kind === 'added') return <ins key={key}>{text}</ins>;
          if (kind === 'removed') return <del key={key}>{text}</del>;
          return <span key={key}>{text}</span>;
        })}
    </p>
  );
}
