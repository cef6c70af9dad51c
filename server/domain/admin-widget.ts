import { AppError } from '../errors.ts';
import { findWidgetBySlug } from '../store/widget-settings.ts';
import type { AdminCaller } from './admin-caller.ts';
import { withNewestSettings } from './newest-settings.ts';
import type { Widget } from './widget.ts';

/** The widget the caller works on, with its newest settings; `undefined` if their company has none of that name. */
export async function findAdminWidget({ companyId, widgetSlug }: AdminCaller): Promise<Widget | undefined> {
  return withNewestSettings(await findWidgetBySlug(companyId, widgetSlug));
}

/** The same; throws AppError `WIDGET_NOT_FOUND` if there is none. */
export async function requireAdminWidget(caller: AdminCaller): Promise<Widget> {
  const widget = await findAdminWidget(caller);
  if (widget !== undefined) return widget;
  throw new AppError('WIDGET_NOT_FOUND', { message: `Your company has no widget "${caller.widgetSlug}"` });
}
