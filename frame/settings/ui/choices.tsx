import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { type FieldProps, RadioGroup } from './field.tsx';
import type { Lock } from './locked.tsx';

export type Choice<V extends string> = {
  readonly value: V;
  readonly label: string;
  /** Beside or under the label. */
  readonly help?: string;
  readonly picture?: ComponentChildren;
};

type Props<V extends string> = FieldProps & {
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onSelect: (value: V) => void;
};

/** A few short choices side by side, one of which holds. */
export function Segmented<V extends string>({ value, choices, onSelect, ...field }: Props<V>) {
  return (
    <RadioGroup {...field}>
      {(lock) => (
        <div class="segmented">
          <Radios {...{ value, choices, onSelect, lock }} />
        </div>
      )}
    </RadioGroup>
  );
}

/** A few choices that need a sentence each. */
export function RadioCards<V extends string>({ value, choices, onSelect, ...field }: Props<V>) {
  return (
    <RadioGroup {...field}>
      {(lock) => (
        <div class="radio-cards">
          <Radios {...{ value, choices, onSelect, lock }} />
        </div>
      )}
    </RadioGroup>
  );
}

type RadiosProps<V extends string> = Pick<Props<V>, 'value' | 'choices' | 'onSelect'> & { readonly lock: Lock };

/** Real radio buttons, so that keys and screen readers know them; what is seen is their label. */
function Radios<V extends string>({ value, choices, onSelect, lock }: RadiosProps<V>) {
  const name = useId();
  const isLocked = lock.reason !== undefined;
  const refuse = (event: Event) => event.preventDefault();
  return (
    <>
      {choices.map((choice) => (
        <label key={choice.value} class="choice">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            aria-disabled={isLocked}
            aria-describedby={lock.reasonId}
            onClick={isLocked ? refuse : undefined}
            onKeyDown={(event) => {
              if (isLocked && event.key.startsWith('Arrow')) event.preventDefault();
            }}
            onChange={() => {
              if (!isLocked) onSelect(choice.value);
            }}
          />
          <span class="choice-face">
            {choice.picture}
            <span class="choice-label">{choice.label}</span>
            {choice.help !== undefined && <span class="help">{choice.help}</span>}
          </span>
        </label>
      ))}
    </>
  );
}
