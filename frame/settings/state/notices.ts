import { type ReadonlySignal, signal } from '@preact/signals';

/** One short sentence at the edge of the view, with at most one thing to do about it. */
export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly tone: 'neutral' | 'danger';
  readonly action: { readonly label: string; readonly run: () => void } | undefined;
};

export type ToastOptions = {
  readonly tone?: Toast['tone'];
  /** Such as "Undo". The toast goes when it is chosen. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** How long it stays; 6 unless told. It stays longer while it is hovered or has the focus. */
  readonly seconds?: number;
};

export type Notices = {
  readonly toasts: ReadonlySignal<readonly Toast[]>;
  /** Answers how to take it away before its time. */
  notify(text: string, options?: ToastOptions): () => void;
  dismiss(id: number): void;
  /** While held, no toast goes. */
  hold(isHeld: boolean): void;
};

const USUAL_SECONDS = 6;

export function createNotices(): Notices {
  const toasts = signal<readonly Toast[]>([]);
  const due = new Map<number, number>();
  let ids = 0;
  let isHeld = false;

  function dismiss(id: number): void {
    due.delete(id);
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  function sweep(): void {
    if (isHeld) return;
    for (const [id, at] of due) if (performance.now() >= at) dismiss(id);
  }

  return {
    toasts,
    dismiss,
    notify(text, { tone = 'neutral', action, seconds = USUAL_SECONDS } = {}) {
      const id = ++ids;
      toasts.value = [...toasts.value.slice(-2), { id, text, tone, action }];
      due.set(id, performance.now() + seconds * 1_000);
      setTimeout(sweep, seconds * 1_000 + 20);
      return () => dismiss(id);
    },
    hold(held) {
      isHeld = held;
      if (!held) sweep();
    },
  };
}
