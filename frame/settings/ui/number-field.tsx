import { useSignal } from '@preact/signals';
import { Field, type FieldProps } from './field.tsx';

type Props = FieldProps & {
  readonly value: number;
  /** What is no number at all is told as `NaN`, which no rule lets through. */
  readonly onInput: (value: number) => void;
  /** Such as "px" or "days"; shown inside the field. */
  readonly unit?: string;
  /** Where the arrow keys stop. */
  readonly least?: number;
  readonly most?: number;
  /** What an arrow key adds; 1 unless told. */
  readonly step?: number;
};

/** A number that is typed. What was typed stays as it is, even while it is no number. */
export function NumberField({ value, onInput, unit, least = 0, most = Infinity, step = 1, ...field }: Props) {
  const typed = useSignal({ text: textOf(value), value });
  // The text is the admin's own until the value changes from elsewhere, as by an undo.
  const text = Object.is(typed.value.value, value) ? typed.value.text : textOf(value);

  function take(next: string): void {
    const number = parseNumber(next);
    typed.value = { text: next, value: number };
    onInput(number);
  }

  function stepBy(event: KeyboardEvent): void {
    const sign = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (sign === 0 || Number.isNaN(value)) return;
    event.preventDefault();
    const times = event.shiftKey ? 10 : 1;
    const next = Math.min(most, Math.max(least, value + sign * step * times));
    take(textOf(Number(next.toFixed(6))));
  }

  return (
    <Field {...field}>
      {(control, lock) => (
        <span class="with-unit">
          <input
            {...control}
            class="input"
            type="text"
            inputMode={Number.isInteger(step) ? 'numeric' : 'decimal'}
            autocomplete="off"
            readOnly={lock.reason !== undefined}
            value={text}
            onInput={({ currentTarget }) => take(currentTarget.value)}
            onKeyDown={lock.reason === undefined ? stepBy : undefined}
          />
          {unit !== undefined && <span class="unit">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

function parseNumber(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

function textOf(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}
