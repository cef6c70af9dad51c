import { useEffect, useRef } from 'preact/hooks';
import { Field, type FieldProps } from './field.tsx';

type TextFieldProps = FieldProps & {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  /** For keys, origins and colours: letters of one width, written from the left. */
  readonly isCode?: boolean;
};

/** One line of text. */
export function TextField({ value, onInput, placeholder, isCode = false, ...field }: TextFieldProps) {
  return (
    <Field {...field}>
      {(control, lock) => (
        <input
          {...control}
          class={isCode ? 'input code' : 'input'}
          type="text"
          dir={isCode ? 'ltr' : 'auto'}
          autocomplete="off"
          spellcheck={!isCode}
          placeholder={placeholder}
          readOnly={lock.reason !== undefined}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}

type TextAreaProps = FieldProps & {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  /** The least height; it grows with what is written. */
  readonly rows?: number;
  readonly isCode?: boolean;
};

/** Several lines of text; grows with them, because nothing in the view scrolls by itself. */
export function TextArea({ value, onInput, placeholder, rows = 3, isCode = false, ...field }: TextAreaProps) {
  const area = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    const { current } = area;
    if (current === null) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight + 2}px`;
  }, [value]);

  return (
    <Field {...field}>
      {(control, lock) => (
        <textarea
          {...control}
          ref={area}
          class={isCode ? 'input code' : 'input'}
          dir="auto"
          rows={rows}
          spellcheck={!isCode}
          placeholder={placeholder}
          readOnly={lock.reason !== undefined}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}
