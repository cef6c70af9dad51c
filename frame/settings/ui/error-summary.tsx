import { useEffect, useRef } from 'preact/hooks';

export type ListedProblem = {
  /** The field's label, such as "Primary colour". */
  readonly label: string;
  readonly message: string;
  /** Leads to the field. */
  readonly onFollow: () => void;
};

/** Everything that keeps a form from being saved, each with the way to its field. Takes the focus when it comes. */
export function ErrorSummary({ heading, problems }: { heading: string; problems: readonly ListedProblem[] }) {
  const summary = useRef<HTMLDivElement>(null);
  useEffect(() => summary.current?.focus(), []);
  return (
    <div class="notice danger summary" role="alert" tabIndex={-1} ref={summary}>
      <div class="notice-words">
        <strong>{heading}</strong>
        <ul>
          {problems.map(({ label, message, onFollow }) => (
            <li key={`${label} ${message}`}>
              <button type="button" class="link" onClick={onFollow}>
                {label}
              </button>
              : {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Puts the focus on the field with this path, once it is there. Answers whether it is. */
export function focusField(path: string): boolean {
  const fields = [...document.querySelectorAll<HTMLElement>('[data-path]')];
  const field =
    fields.find(({ dataset }) => dataset.path === path) ??
    fields.find(({ dataset }) => path.startsWith(`${dataset.path}.`));
  const target = field?.matches('[role=radiogroup], [role=group]')
    ? field.querySelector<HTMLElement>('input, button')
    : field;
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
  return target !== undefined && target !== null;
}
