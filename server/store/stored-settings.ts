import * as v from 'valibot';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../shared/settings.ts';

/**
 * The settings in a stored document, whole: what an earlier release did not know yet is what a new widget is born with.
 * Throws a ValiError if they cannot be read even so.
 */
export function parseStoredSettings(stored: unknown): Settings {
  return v.parse(settingsSchema, complete(stored, DEFAULT_SETTINGS));
}

/** Fills in what is missing of `fallback`. Of a language a text may be missing on purpose, so only the default one is filled. */
function complete(stored: unknown, fallback: Settings): unknown {
  const settings = fill(stored, { ...fallback, locales: {} });
  if (!isRecord(settings) || !isRecord(settings.locales)) return settings;
  const locale = String(settings.defaultLocale);
  const [texts] = Object.values(fallback.locales);
  return { ...settings, locales: { ...settings.locales, [locale]: fill(settings.locales[locale], texts) } };
}

function fill(stored: unknown, fallback: unknown): unknown {
  if (stored === undefined) return fallback;
  if (!isRecord(stored) || !isRecord(fallback)) return stored;
  const filled = Object.entries(fallback).map(([key, value]) => [key, fill(stored[key], value)]);
  return { ...stored, ...Object.fromEntries(filled) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
