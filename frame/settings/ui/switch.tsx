import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { LockTip, useLock } from './locked.tsx';

type Props = {
  readonly label: string;
  readonly help?: ComponentChildren;
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
  readonly path?: string;
  readonly reason?: string | undefined;
};

/** Something that is on or off at once, in a row with its name. */
export function Switch({ label, help, isOn, onToggle, path, reason }: Props) {
  const id = useId();
  const lock = useLock(reason);
  return (
    <div class="switch-row">
      <div class="switch-words">
        <span class="switch-label" id={`${id}-label`}>
          {label}
        </span>
        {help !== undefined && (
          <span class="help" id={`${id}-help`}>
            {help}
          </span>
        )}
      </div>
      <LockTip lock={lock}>
        <button
          type="button"
          role="switch"
          class="switch"
          aria-checked={isOn}
          aria-labelledby={`${id}-label`}
          aria-describedby={[lock.reasonId, help !== undefined && `${id}-help`].filter(Boolean).join(' ') || undefined}
          aria-disabled={lock.reason !== undefined}
          data-path={path}
          onClick={() => {
            if (lock.reason === undefined) onToggle(!isOn);
          }}
        />
      </LockTip>
    </div>
  );
}
