import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { type Lock, LockTip, useLock } from './locked.tsx';

/** What every field has around its control. */
export type FieldProps = {
  readonly label: string;
  /** One sentence. */
  readonly help?: ComponentChildren;
  /** What is wrong, in a sentence. */
  readonly error?: string | undefined;
  /** Where the value stands in the settings, such as `theme.primary`: a summary of errors leads here by it. */
  readonly path?: string;
  /** Why it cannot be changed. */
  readonly reason?: string | undefined;
  /** For a label that the place makes plain; screen readers still hear it. */
  readonly isLabelHidden?: boolean;
};

/** What the control itself takes over. */
export type ControlProps = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
  readonly 'aria-disabled': boolean;
  readonly 'data-path': string | undefined;
};

type Props = FieldProps & { readonly children: (control: ControlProps, lock: Lock) => ComponentChildren };

/** A label, a control, a sentence of help, and what is wrong beside it. */
export function Field({ label, help, error, path, reason, isLabelHidden = false, children }: Props) {
  const id = useId();
  const lock = useLock(reason);
  const described = [lock.reasonId, error !== undefined && `${id}-error`, help !== undefined && `${id}-help`].filter(
    (part) => typeof part === 'string',
  );
  const control: ControlProps = {
    id,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': error !== undefined,
    'aria-disabled': lock.reason !== undefined,
    'data-path': path,
  };
  return (
    <div class="field">
      <label class={isLabelHidden ? 'unseen' : 'label'} for={id}>
        {label}
      </label>
      <LockTip lock={lock}>{children(control, lock)}</LockTip>
      <FieldNotes id={id} help={help} error={error} />
    </div>
  );
}

type GroupProps = FieldProps & {
  readonly children: (lock: Lock) => ComponentChildren;
};

/** A field of radio buttons: named as a group, with the same help and error. */
export function RadioGroup({ label, help, error, path, reason, isLabelHidden = false, children }: GroupProps) {
  const id = useId();
  const lock = useLock(reason);
  const described = [lock.reasonId, `${id}-error`, `${id}-help`].filter((part) => part !== undefined).join(' ');
  return (
    <div
      class="field"
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-describedby={described}
      aria-disabled={lock.reason !== undefined}
      data-path={path}
    >
      <span class={isLabelHidden ? 'unseen' : 'label'} id={`${id}-label`}>
        {label}
      </span>
      <LockTip lock={lock}>{children(lock)}</LockTip>
      <FieldNotes id={id} help={help} error={error} />
    </div>
  );
}

function FieldNotes({ id, help, error }: { id: string; help: ComponentChildren; error: string | undefined }) {
  return (
    <>
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {help !== undefined && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </>
  );
}
