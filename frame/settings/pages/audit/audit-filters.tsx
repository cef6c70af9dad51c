import { useSignal } from '@preact/signals';
import { AUDIT_ACTS, type AuditAct } from '../../../../shared/audit-api.ts';
import type { AuditFilter } from '../../api/history.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { momentOfDay } from './day-range.ts';
import { ACT_NAMES } from './describe-act.ts';

const PAUSE_MS = 400;
const ACTS = [
  { value: '', label: 'Every act' },
  ...AUDIT_ACTS.map((act) => ({ value: act, label: ACT_NAMES[act] })),
] as const;

type Typed = { readonly act: AuditAct | ''; readonly actor: string; readonly from: string; readonly to: string };

/** Person, act and time. What is no day is said at its field and not asked for. */
export function AuditFilters({ onFilter }: { onFilter: (filter: AuditFilter) => void }) {
  const typed = useSignal<Typed>({ act: '', actor: '', from: '', to: '' });
  const timer = useSignal<number | undefined>(undefined);

  function change(part: Partial<Typed>): void {
    typed.value = { ...typed.value, ...part };
    clearTimeout(timer.value);
    timer.value = setTimeout(() => onFilter(readFilter(typed.value)), PAUSE_MS);
  }

  const { act, actor, from, to } = typed.value;
  const wrong = (day: string) =>
    day === '' || momentOfDay(day, 'begin') ? undefined : `“${day}” is no day such as 2026-01-31.`;
  return (
    <div class="field-row">
      <Select label="Act" value={act} options={ACTS} onSelect={(next) => change({ act: next })} />
      <TextField
        label="Person"
        value={actor}
        placeholder="The whole name"
        onInput={(next) => change({ actor: next })}
      />
      <TextField
        label="From"
        isCode
        placeholder="2026-01-31"
        value={from}
        error={wrong(from)}
        onInput={(day) => change({ from: day })}
      />
      <TextField
        label="To"
        isCode
        placeholder="2026-01-31"
        value={to}
        error={wrong(to)}
        onInput={(day) => change({ to: day })}
      />
    </div>
  );
}

function readFilter({ act, actor, from, to }: Typed): AuditFilter {
  return {
    act: act === '' ? undefined : act,
    actor: actor.trim() === '' ? undefined : actor.trim(),
    from: momentOfDay(from, 'begin'),
    to: momentOfDay(to, 'end'),
  };
}
