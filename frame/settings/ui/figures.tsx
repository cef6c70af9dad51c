import type { ComponentChildren } from 'preact';

export type Figure = {
  readonly label: string;
  readonly value: string;
  /** What it means or how it changed, in a few words. */
  readonly note?: ComponentChildren;
  readonly tone?: 'ok' | 'danger' | 'neutral';
};

/** A few numbers side by side in one card; under each other where there is no room. */
export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <dl class="figures card" aria-label={label}>
      {figures.map(({ label: name, value, note, tone = 'neutral' }) => (
        <div key={name} class="figure">
          <dt>{name}</dt>
          <dd class="figure-value">{value}</dd>
          {note !== undefined && <dd class={`figure-note ${tone}`}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
