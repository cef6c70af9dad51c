import { findNewerVersion } from '../store/settings-versions.ts';
import { followVersion } from '../store/widget-settings.ts';
import type { Widget } from './widget.ts';

/**
 * The widget as its newest version says. A save is committed by writing the version; if the process ended before the
 * widget followed, that is made good here, by whoever reads it first.
 */
export async function withNewestSettings(widget: Widget | undefined): Promise<Widget | undefined> {
  const newer = widget && (await findNewerVersion(widget.id, widget.version));
  if (widget === undefined || newer === undefined) return widget;
  await followVersion(widget.id, newer);
  return { ...widget, version: newer.version, settings: newer.settings };
}
