import type { Observation } from '../support/observation.ts';

/** One assertion that held: what was looked at, and what it was held against. */
export type ObservedAssertion = {
  /** Such as `not.toContain`. */
  readonly matcher: string;
  readonly observed: string;
  readonly expected: readonly string[];
};

/** What a test saw. Long values are cut, and what is over the caps is only counted. */
export type Evidence = {
  readonly assertions: readonly ObservedAssertion[];
  readonly assertionCount: number;
  readonly observations: readonly Observation[];
  readonly observationCount: number;
};

declare module '@vitest/runner' {
  interface TaskMeta {
    evidence?: Evidence;
  }
}
