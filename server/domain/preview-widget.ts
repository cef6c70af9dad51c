import * as v from 'valibot';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../shared/settings.ts';
import { findWidgetBySlug } from '../store/widget-settings.ts';
import type { Draft } from './drafts.ts';
import { namedUuid } from './named-uuid.ts';
import { withNewestSettings } from './newest-settings.ts';
import type { Widget } from './widget.ts';

const PREFIX = 'preview-';

/**
 * The widget as a draft would make it. It has an id of its own, so that nothing that is counted, limited or stored for it
 * is the real widget's; no key opens it; and no visitor is found again.
 */
export async function findPreviewedWidget({ companyId, widgetSlug, settings, baseVersion }: Draft): Promise<Widget> {
  const real = await withNewestSettings(await findWidgetBySlug(companyId, widgetSlug));
  return {
    id: PREFIX + (real?.id ?? namedUuid('preview', companyId, widgetSlug)),
    companyId,
    slug: widgetSlug,
    version: baseVersion,
    settings: { ...usableSettings(settings, real?.settings ?? DEFAULT_SETTINGS), persistence: { kind: 'never' } },
    keys: [],
    secretKeys: [],
    keysRevision: 0,
  };
}

/** Whether the id is of a widget in a preview, about which nothing is counted. */
export function isPreview(widgetId: string): boolean {
  return widgetId.startsWith(PREFIX);
}

/** Whose articles a widget cites: a preview cites those of the real one. */
export function articlesOwnerOf(widgetId: string): string {
  return isPreview(widgetId) ? widgetId.slice(PREFIX.length) : widgetId;
}

/**
 * What can be used of settings that somebody is editing: a part that is not valid in this moment is as it was published,
 * and so are the texts together with the default language if the two do not fit.
 */
export function usableSettings(typed: Readonly<Record<string, unknown>>, published: Settings): Settings {
  const [{ entries }] = settingsSchema.pipe;
  const valid = Object.entries(entries).flatMap(([name, schema]) => {
    const result = v.safeParse(schema, typed[name]);
    return result.success ? [[name, result.output]] : [];
  });
  const parts = { ...published, ...Object.fromEntries(valid) };
  const { defaultLocale, locales } = published;
  const candidates = [parts, { ...parts, defaultLocale, locales }];
  const usable = candidates.find((candidate) => v.is(settingsSchema, candidate));
  return usable === undefined ? published : v.parse(settingsSchema, usable);
}
