import type { Citation } from '../../shared/chat.ts';

/** What the parts of a reply need to know to draw themselves. */
export type Scene = {
  readonly citations: readonly Citation[];
  /** The reply is still coming. */
  readonly isGrowing: boolean;
  /** The embedding site; only links to it open with one click. */
  readonly siteOrigin: string;
  /** The visitor wants to see a source. */
  readonly onCite: (number: number) => void;
};
