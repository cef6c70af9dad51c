import type { AllowlistEntry } from '../../shared/allowlist.ts';
import type { Configuration } from '../../shared/configuration.ts';
import type { Origin } from '../../shared/origin.ts';
import type { PublicKey } from '../../shared/public-key.ts';

/** A key of a widget. A retiring key works until `retiringUntil`; a revoked one never again. */
export type WidgetKey = {
  readonly publicKey: PublicKey;
  readonly state: 'active' | 'retiring' | 'revoked';
  readonly retiringUntil?: Date;
};

/** One widget of a company, as its current settings say. */
export type Widget = {
  readonly id: string;
  readonly companyId: string;
  readonly slug: string;
  readonly configuration: Configuration;
  /** Which sites may embed it. Empty admits nobody. */
  readonly allowlist: readonly AllowlistEntry[];
  readonly keys: readonly WidgetKey[];
  readonly assistant: { readonly instructions: string; readonly temperature: number };
};

/** A site that was proven to be on the allowlist of the widget it asked for. */
export type EmbedderCaller = { readonly widget: Widget; readonly publicKey: PublicKey; readonly origin: Origin };

/** A visitor with a live session: of one widget, on one site. */
export type VisitorCaller = {
  readonly widget: Widget;
  readonly visitorId: string;
  readonly origin: Origin;
  readonly sessionId: string;
};

/** Whether `publicKey` opens `widget` at `now`. */
export function isLiveKey(widget: Widget, publicKey: PublicKey, now: Date): boolean {
  const key = widget.keys.find((candidate) => candidate.publicKey === publicKey);
  if (key === undefined || key.state === 'revoked') return false;
  return key.state === 'active' || key.retiringUntil === undefined || key.retiringUntil > now;
}
