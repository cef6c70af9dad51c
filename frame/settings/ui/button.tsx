import type { ComponentChildren, Ref } from 'preact';
import { Icon, type Shape } from '../../ui/icon.tsx';
import { type Lock, LockTip, useLock } from './locked.tsx';

type Kind = 'primary' | 'outlined' | 'bare' | 'danger';

type ButtonProps = {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  /** `outlined` unless told; at most one `primary` on a screen. */
  readonly kind?: Kind;
  readonly shape?: Shape;
  /** What it started is still going on: it stays, says so, and does nothing twice. */
  readonly isBusy?: boolean;
  /** Why it cannot be used; it stays focusable. */
  readonly reason?: string | undefined;
  /** For a button that says itself less than what it does, such as "Remove" in a row. */
  readonly label?: string;
  readonly buttonRef?: Ref<HTMLButtonElement>;
};

export function Button({ children, onClick, kind = 'outlined', shape, isBusy = false, ...rest }: ButtonProps) {
  const lock = useLock(rest.reason);
  return (
    <LockTip lock={lock}>
      <button
        ref={rest.buttonRef ?? null}
        type="button"
        class={`button ${kind}`}
        aria-label={rest.label}
        aria-busy={isBusy}
        {...lockedBy(lock, isBusy)}
        onClick={() => {
          if (lock.reason === undefined && !isBusy) onClick();
        }}
      >
        {shape !== undefined && <Icon shape={shape} />}
        {children}
      </button>
    </LockTip>
  );
}

type IconButtonProps = {
  /** Its name, for screen readers and on hover. */
  readonly label: string;
  readonly shape: Shape;
  readonly onClick: () => void;
  readonly reason?: string | undefined;
};

export function IconButton({ label, shape, onClick, reason }: IconButtonProps) {
  const lock = useLock(reason);
  return (
    <LockTip lock={lock}>
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        title={lock.reason === undefined ? label : undefined}
        {...lockedBy(lock, false)}
        onClick={() => {
          if (lock.reason === undefined) onClick();
        }}
      >
        <Icon shape={shape} />
      </button>
    </LockTip>
  );
}

function lockedBy({ reason, reasonId }: Lock, isBusy: boolean) {
  return { 'aria-disabled': reason !== undefined || isBusy, 'aria-describedby': reasonId };
}
