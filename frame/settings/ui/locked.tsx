import { type ComponentChildren, createContext } from 'preact';
import { useContext, useId } from 'preact/hooks';

const LockReason = createContext<string | undefined>(undefined);

/**
 * Disables every control below it, with `reason` on hover, on focus and for screen readers; without one they work. The
 * controls can still be reached by keyboard, so that whoever may not use them learns why.
 */
export function Locked({ reason, children }: { reason: string | undefined; children: ComponentChildren }) {
  return <LockReason.Provider value={reason}>{children}</LockReason.Provider>;
}

export type Lock = {
  readonly reason: string | undefined;
  /** Of the element that says the reason; `undefined` while nothing is locked. */
  readonly reasonId: string | undefined;
};

/** Why a control does not work: the reason of the `<Locked>` around it, which no entry can end, else its own. */
export function useLock(own?: string): Lock {
  const around = useContext(LockReason);
  const id = useId();
  const reason = around ?? own;
  return { reason, reasonId: reason === undefined ? undefined : `${id}-reason` };
}

/** Holds a control that may be locked, and says the reason. */
export function LockTip({ lock, children }: { lock: Lock; children: ComponentChildren }) {
  if (lock.reason === undefined) return <>{children}</>;
  return (
    <span class="lock">
      {children}
      <span class="tip" id={lock.reasonId}>
        {lock.reason}
      </span>
    </span>
  );
}
