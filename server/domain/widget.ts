import type { Configuration } from '../../shared/configuration.ts';
import type { Origin } from '../../shared/origin.ts';
import type { PublicKey } from '../../shared/public-key.ts';
import { closestLocale, configurationOf, type Settings } from '../../shared/settings.ts';
import { type KeyLife, keyStateAt } from './key-state.ts';
import type { SecretKey } from './secret-key.ts';

/** A public key of a widget. A retiring key works until `retiringUntil`; a revoked one never again. */
export type WidgetKey = KeyLife & { readonly publicKey: PublicKey };

/** One widget of a company, as its current settings say. */
export type Widget = {
  readonly id: string;
  readonly companyId: string;
  readonly slug: string;
  /** Which version of the settings this is; 0 before anything was saved. */
  readonly version: number;
  readonly settings: Settings;
  readonly keys: readonly WidgetKey[];
  /** Signing and identity keys. */
  readonly secretKeys: readonly SecretKey[];
  /** Grows with every change of `keys` and `secretKeys`. */
  readonly keysRevision: number;
};

/** A site that was proven to be on the allowlist of the widget it asked for. */
export type EmbedderCaller = {
  readonly widget: Widget;
  readonly publicKey: PublicKey;
  readonly origin: Origin;
  /** What the visitor wants to read, as language tags, most wanted first. */
  readonly languages: readonly string[];
};

/** Who may read the public configuration: a site as above, or without one the company's own backend. */
export type ConfigurationReader = Omit<EmbedderCaller, 'origin'> & { readonly origin: Origin | undefined };

/** A visitor with a live session: of one widget, on one site. */
export type VisitorCaller = {
  readonly widget: Widget;
  /** The key the session was opened with; absent in a preview, which no site embeds. */
  readonly publicKey: PublicKey | undefined;
  readonly visitorId: string;
  /**
   * The browser, as far as it is remembered, or the tab if only that is. It is the id of the visitor until they say who
   * they are, and what they wrote until then is still found by it.
   */
  readonly browserId: string;
  readonly origin: Origin;
  readonly sessionId: string;
};

/** What this embedder's visitor is shown: the public part of the settings, in the language that fits best. */
export function configurationFor({ widget, languages }: Pick<EmbedderCaller, 'widget' | 'languages'>): Configuration {
  const { settings, version } = widget;
  return configurationOf(settings, version, closestLocale(settings, languages));
}

/** Whether `publicKey` opens `widget` at `now`. */
export function isLiveKey(widget: Widget, publicKey: PublicKey, now: Date): boolean {
  const key = widget.keys.find((candidate) => candidate.publicKey === publicKey);
  return key !== undefined && keyStateAt(key, now) !== 'revoked';
}
