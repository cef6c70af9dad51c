import { useSignal } from '@preact/signals';
import type { Ref } from 'preact';
import { useRef } from 'preact/hooks';
import { addStyles } from './add-styles.ts';
import rules from './colour.css' with { type: 'text' };
import { ColourPicker } from './colour-picker.tsx';
import { Field, type FieldProps } from './field.tsx';
import { type Lock, Locked } from './locked.tsx';

type Props = FieldProps & {
  /** `#rrggbb`, or whatever was typed so far. */
  readonly value: string;
  readonly onInput: (value: string) => void;
};

/** A colour that is typed, or picked from a field of colours behind the swatch. */
export function ColourField({ value, onInput, ...field }: Props) {
  addStyles(rules);
  const isOpen = useSignal(false);
  const swatch = useRef<HTMLButtonElement>(null);
  const shown = isColour(value) ? value : '#000000';

  function close(): void {
    isOpen.value = false;
    swatch.current?.focus();
  }

  return (
    <Field {...field}>
      {(control, lock) => (
        <div
          class="colour"
          role="none"
          onFocusOut={({ currentTarget, relatedTarget }) => {
            if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) isOpen.value = false;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !isOpen.value) return;
            event.stopPropagation();
            close();
          }}
        >
          <Swatch
            value={value}
            lock={lock}
            isOpen={isOpen.value}
            buttonRef={swatch}
            onToggle={() => {
              isOpen.value = !isOpen.value;
            }}
          />
          <input
            {...control}
            class="input code"
            type="text"
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            maxLength={40}
            readOnly={lock.reason !== undefined}
            value={value}
            onInput={({ currentTarget }) => onInput(tidy(currentTarget.value))}
          />
          {isOpen.value && (
            <div class="popover picker-sheet" role="dialog" aria-label="Pick a colour">
              <Locked reason={undefined}>
                <ColourPicker colour={shown} onPick={onInput} />
              </Locked>
            </div>
          )}
        </div>
      )}
    </Field>
  );
}

type SwatchProps = {
  readonly value: string;
  readonly lock: Lock;
  readonly isOpen: boolean;
  readonly buttonRef: Ref<HTMLButtonElement>;
  readonly onToggle: () => void;
};

/** The colour as it is, and the way to the picker. */
function Swatch({ value, lock, isOpen, buttonRef, onToggle }: SwatchProps) {
  return (
    <button
      ref={buttonRef}
      type="button"
      class="colour-swatch"
      aria-label="Pick a colour"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-disabled={lock.reason !== undefined}
      aria-describedby={lock.reasonId}
      onClick={lock.reason === undefined ? onToggle : undefined}
    >
      <span style={{ background: isColour(value) ? value : 'transparent' }} />
    </button>
  );
}

function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/.test(text);
}

/** `0059FF`, `#05f` and spaces around are what people paste. */
function tidy(typed: string): string {
  const text = typed.trim().toLowerCase();
  if (/^[0-9a-f]{6}$/.test(text)) return `#${text}`;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(text);
  // Only a paste brings a short form at once; whoever types goes on to six digits.
  return short !== null && typed.length !== text.length
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`
    : text;
}
