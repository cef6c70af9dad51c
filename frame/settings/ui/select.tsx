import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from '../../ui/icon.tsx';
import { CHECK, EXPAND } from '../../ui/late-icons.ts';
import { Field, type FieldProps } from './field.tsx';

type Option<V extends string> = { readonly value: V; readonly label: string; readonly help?: string };

type Props<V extends string> = FieldProps & {
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onSelect: (value: V) => void;
};

/**
 * One of many, in a list that opens: the select-only combobox of
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-select-only/.
 */
export function Select<V extends string>({ value, options, onSelect, ...field }: Props<V>) {
  const listId = useId();
  const isOpen = useSignal(false);
  const active = useSignal(0);
  const current = options.findIndex((option) => option.value === value);

  function choose(index: number): void {
    const option = options[index];
    isOpen.value = false;
    if (option !== undefined && option.value !== value) onSelect(option.value);
  }

  function toggle(): void {
    active.value = Math.max(0, current);
    isOpen.value = !isOpen.value;
  }

  const press = useListKeys(options, { isOpen, active, toggle, choose });
  return (
    <Field {...field}>
      {(control, lock) => (
        <span class="select">
          <button
            {...control}
            type="button"
            class="input select-face"
            role="combobox"
            aria-haspopup="listbox"
            aria-expanded={isOpen.value}
            aria-controls={`${listId}-list`}
            aria-activedescendant={isOpen.value ? `${listId}-${active.value}` : undefined}
            onClick={lock.reason === undefined ? toggle : undefined}
            onKeyDown={lock.reason === undefined ? press : undefined}
            onBlur={() => {
              isOpen.value = false;
            }}
          >
            <span class="select-value">{options[current]?.label ?? ''}</span>
            <Icon shape={EXPAND} />
          </button>
          {isOpen.value && (
            <OptionList id={listId} options={options} active={active.value} current={current} onChoose={choose} />
          )}
        </span>
      )}
    </Field>
  );
}

type List = {
  readonly isOpen: Signal<boolean>;
  /** The option the keys are at. */
  readonly active: Signal<number>;
  readonly toggle: () => void;
  readonly choose: (index: number) => void;
};

const SEEK_PAUSE_MS = 700;

/** What the keys do while the combobox has the focus. */
function useListKeys(options: readonly Option<string>[], { isOpen, active, toggle, choose }: List) {
  const typed = useRef({ text: '', at: 0 });
  const last = options.length - 1;

  /** What is typed quickly one after another is the beginning of a label. */
  function seek(letter: string): void {
    const now = performance.now();
    const { text, at } = typed.current;
    typed.current = { text: now - at < SEEK_PAUSE_MS ? text + letter : letter, at: now };
    const wanted = typed.current.text.toLocaleLowerCase();
    const found = options.findIndex(({ label }) => label.toLocaleLowerCase().startsWith(wanted));
    if (found >= 0) active.value = found;
  }

  function pressOpen(key: string): boolean {
    if (key === 'ArrowDown') active.value = Math.min(last, active.value + 1);
    else if (key === 'ArrowUp') active.value = Math.max(0, active.value - 1);
    else if (key === 'Home') active.value = 0;
    else if (key === 'End') active.value = last;
    else if (key === 'Enter' || key === ' ') choose(active.value);
    else if (key === 'Escape') toggle();
    else if (key.length === 1) seek(key);
    else return false;
    return true;
  }

  return (event: KeyboardEvent): void => {
    const { key } = event;
    // The focus goes on, and what was reached is taken.
    if (key === 'Tab' && isOpen.value) choose(active.value);
    const isOpening = !isOpen.value && ['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(key);
    if (isOpening) toggle();
    else if (!isOpen.value || !pressOpen(key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

type ListProps = {
  readonly id: string;
  readonly options: readonly Option<string>[];
  readonly active: number;
  readonly current: number;
  readonly onChoose: (index: number) => void;
};

function OptionList({ id, options, active, current, onChoose }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div class="popover list" role="listbox" id={`${id}-list`} ref={list}>
      {options.map(({ value, label, help }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox keeps the focus and has the keys
        <div
          key={value}
          id={`${id}-${index}`}
          class="option"
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          data-active={index === active}
          // The focus stays on the combobox.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(index)}
        >
          <span>
            {label}
            {help !== undefined && <span class="help">{help}</span>}
          </span>
          {index === current && <Icon shape={CHECK} />}
        </div>
      ))}
    </div>
  );
}
