import { visibleText } from '../../../../markdown/visible-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Progress } from '../../../ui/marks.tsx';
import type { View } from '../../../view.ts';
import type { Import } from './create-import.ts';
import type { FileState, ImportedFile } from './file-list.ts';

/** More rows than these say nothing more. */
const MOST_ROWS = 200;

/** How far the import is: what it did with each file, what it needs to know, and why it refused one. */
export function ImportPanel({ view, imported }: { view: View; imported: Import }) {
  const files = imported.files.value;
  if (files.length === 0) return null;
  const taken = files.filter(({ state }) => state.kind === 'taken').length;
  const rows = files.toSorted((one, other) => ORDER[one.state.kind] - ORDER[other.state.kind]);
  return (
    <section class="card import" aria-label="Import">
      <div class="import-head">
        <strong role="status">{summarise(files)}</strong>
        <div class="actions">
          {taken > 1 && (
            <>
              <Button onClick={() => imported.decide('replace')}>Replace all {taken}</Button>
              <Button onClick={() => imported.decide('keep-both')}>Keep both of all {taken}</Button>
            </>
          )}
          {!imported.isRunning.value && taken === 0 && <Button onClick={imported.clear}>Close</Button>}
        </div>
      </div>
      {imported.isRunning.value && (
        <Progress label={`Importing ${files.length} files`} value={imported.settled.value} most={files.length} />
      )}
      <ul class="import-files" aria-label="Files">
        {rows.slice(0, MOST_ROWS).map((one) => (
          <li key={one.id} class={TONES[one.state.kind]}>
            <bdi class="import-name">{visibleText(one.file.name)}</bdi>
            <span class="import-state">{describe(one.state)}</span>
            <FileActions view={view} imported={imported} one={one} />
          </li>
        ))}
      </ul>
      {rows.length > MOST_ROWS && <p class="help">and {view.formats.value.number(rows.length - MOST_ROWS)} more</p>}
    </section>
  );
}

const ORDER: Readonly<Record<FileState['kind'], number>> = {
  taken: 0,
  refused: 1,
  working: 2,
  waiting: 3,
  imported: 4,
  skipped: 5,
};

const TONES: Partial<Record<FileState['kind'], string>> = { refused: 'danger', imported: 'ok', taken: 'warn' };

function summarise(files: readonly ImportedFile[]): string {
  const count = (kind: FileState['kind']) => files.filter(({ state }) => state.kind === kind).length;
  const left = count('waiting') + count('working');
  const refused = count('refused');
  const parts = [
    left > 0 && `${left} of ${files.length} to go`,
    `${count('imported')} imported`,
    refused > 0 && `${refused} refused`,
    count('taken') > 0 && `${count('taken')} to decide`,
  ];
  return parts.filter(Boolean).join(', ');
}

function describe(state: FileState): string {
  switch (state.kind) {
    case 'waiting':
      return 'Waiting';
    case 'working':
      return 'Reading and saving';
    case 'imported':
      return state.isReplaced ? `Replaced ${state.slug}` : `Imported as ${state.slug}`;
    case 'refused':
      return state.reason;
    case 'taken':
      return `There is an article named ${state.article.slug} already.`;
    case 'skipped':
      return 'Left out';
    default:
      return state satisfies never;
  }
}

type ActionProps = { readonly view: View; readonly imported: Import; readonly one: ImportedFile };

function FileActions({ view, imported, one: { id, file, state } }: ActionProps) {
  if (state.kind === 'taken') {
    return (
      <div class="actions">
        <Button label={`Replace with ${file.name}`} onClick={() => imported.decide('replace', id)}>
          Replace
        </Button>
        <Button label={`Keep both, ${file.name}`} onClick={() => imported.decide('keep-both', id)}>
          Keep both
        </Button>
        <Button kind="bare" label={`Leave out ${file.name}`} onClick={() => imported.decide('skip', id)}>
          Leave out
        </Button>
      </div>
    );
  }
  if (state.kind === 'refused' && state.canRetry) {
    return (
      <Button label={`Try ${file.name} again`} onClick={() => imported.retry(id)}>
        Try again
      </Button>
    );
  }
  if (state.kind === 'imported') {
    return (
      <Button kind="bare" label={`Open ${state.slug}`} onClick={() => void view.go(`knowledge/${state.slug}`)}>
        Open
      </Button>
    );
  }
  return null;
}
