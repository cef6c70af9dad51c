import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon, WARNING } from '../../ui/icon.tsx';
import { CHECK } from '../../ui/late-icons.ts';
import type { Formats } from '../state/formats.ts';

export type Tone = 'neutral' | 'ok' | 'warn' | 'danger';

/** One or two words on a state. */
export function Chip({ tone = 'neutral', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`chip ${tone}`}>{children}</span>;
}

type NoticeProps = {
  readonly tone?: Tone;
  readonly heading?: string;
  readonly children: ComponentChildren;
  /** The way out. */
  readonly actions?: ComponentChildren;
};

/** A block that says something about the page, with the way out beside it. */
export function Notice({ tone = 'neutral', heading, children, actions }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon shape={tone === 'ok' ? CHECK : WARNING} />
      <div class="notice-words">
        {heading !== undefined && <strong>{heading}</strong>}
        <div>{children}</div>
      </div>
      {actions !== undefined && <div class="actions">{actions}</div>}
    </div>
  );
}

/** How long ago or ahead a moment is, with the exact time on hover. */
export function Time({ at, formats }: { at: string; formats: ReadonlySignal<Formats> }) {
  const { relative, exact } = formats.value;
  return (
    <time dateTime={at} title={exact(at)}>
      {relative(at)}
    </time>
  );
}

type ProgressProps = {
  /** What is going on, such as "Importing 12 files". */
  readonly label: string;
  readonly value: number;
  readonly most: number;
};

export function Progress({ label, value, most }: ProgressProps) {
  const share = most > 0 ? Math.min(1, value / most) : 0;
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={most}
    >
      <span class="progress-bar" style={{ inlineSize: `${share * 100}%` }} />
    </div>
  );
}
