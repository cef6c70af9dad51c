import type { Origin } from '../../shared/origin.ts';
import { SECTION_PERMISSIONS } from '../../shared/permission.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts';
import type { SavedSettingsAnswer, SettingsConflict } from '../../shared/settings-api.ts';
import { diffSettings, sectionsOf } from '../../shared/settings-change.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../gateways/clock.ts';
import { findVersion, insertVersion, type SettingsVersion } from '../store/settings-versions.ts';
import { followVersion } from '../store/widget-settings.ts';
import { type AdminCaller, actorOf, requirePermission } from './admin-caller.ts';
import { findAdminWidget } from './admin-widget.ts';
import type { SiteRules } from './allowlist-entry.ts';
import { createWidget } from './create-widget.ts';
import type { SecretBox } from './secret-box.ts';
import { answerSettings, toSavedVersion } from './settings-answer.ts';
import { logSettingsVersions } from './settings-audit.ts';
import { requireSettings } from './settings-check.ts';
import type { Widget } from './widget.ts';
import type { WidgetDirectory } from './widget-directory.ts';

export type SaveParts = {
  readonly widgetOrigin: Origin;
  readonly siteRules: SiteRules;
  readonly directory: Pick<WidgetDirectory, 'forget'>;
  readonly clock: Clock;
  /** For the secrets of a widget that is made by saving. */
  readonly secretBox: SecretBox;
};

export type SaveRequest = {
  /** The version the edit began from; 0 for a widget that was never saved. */
  readonly expectedVersion: number;
  /** As they were typed. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly note: string;
  /** The version they were taken from, if it was one. */
  readonly restoredFrom?: number;
};

/**
 * Saves settings as a new version, or writes nothing. The insert of the version commits it: of many who save at once one
 * succeeds. Whoever sends the same save again gets the same answer. The first save of an owner makes the widget.
 *
 * Throws AppError: `INVALID_REQUEST` with every problem, `SETTINGS_CONFLICT` with both versions, `PERMISSION_DENIED`
 * unless the caller may change every part that would really change.
 */
export async function saveSettings(
  caller: AdminCaller,
  request: SaveRequest,
  parts: SaveParts,
): Promise<SavedSettingsAnswer> {
  requirePermission(caller, 'settings:write');
  const { settings, normalised } = requireSettings(request.settings, parts.siteRules);
  const before = await findAdminWidget(caller);
  const answer = async (widget: Widget, saved: SettingsVersion) => ({
    ...answerSettings(caller, { widget, saved, widgetOrigin: parts.widgetOrigin }),
    normalised: [...normalised],
  });

  if ((before?.version ?? 0) !== request.expectedVersion) return answerConflict(before);
  const sections = requireSections(caller, before, settings);
  const widget = before ?? (await createWidget(nameOf(caller), actorOf(caller), parts));
  const { note, restoredFrom, expectedVersion } = request;
  const version: SettingsVersion = {
    widgetId: widget.id,
    version: expectedVersion + 1,
    settings,
    savedAt: parts.clock.now(),
    savedBy: actorOf(caller),
    note,
    ...(restoredFrom !== undefined && { restoredFrom }),
    sections,
  };
  if (!(await insertVersion(version))) return answerConflict(await findAdminWidget(caller));
  await settle(version, parts);
  return answer({ ...widget, version: version.version, settings }, version);

  async function answerConflict(widget: Widget | undefined): Promise<SavedSettingsAnswer> {
    const current = widget && (await findVersion(widget.id, widget.version));
    if (widget === undefined || current === undefined || !isSameSave(current, caller, { ...request, settings })) {
      throw await conflictOf(request.expectedVersion, widget);
    }
    await settle(current, parts);
    return answer(widget, current);
  }
}

/** The parts that would change. Throws AppError `PERMISSION_DENIED` for those the caller must leave as they are. */
function requireSections(caller: AdminCaller, widget: Widget | undefined, settings: Settings): readonly string[] {
  if (widget === undefined) requirePermission(caller, 'widget:create');
  const sections = sectionsOf(diffSettings(widget?.settings ?? DEFAULT_SETTINGS, settings));
  for (const section of sections) requirePermission(caller, SECTION_PERMISSIONS[section]);
  return sections;
}

/** Everything that follows from a committed version. Safe to repeat. */
async function settle(version: SettingsVersion, { directory, clock }: SaveParts): Promise<void> {
  await followVersion(version.widgetId, version);
  directory.forget();
  await logSettingsVersions(version.widgetId, clock);
}

/** Whether `saved` is what this very request has written, whose answer was lost on the way. */
function isSameSave(
  { version, savedBy, note, restoredFrom, settings }: SettingsVersion,
  { subject }: AdminCaller,
  request: SaveRequest & { readonly settings: Settings },
): boolean {
  const isMine = version === request.expectedVersion + 1 && savedBy.subject === subject;
  const isAsked = note === request.note && restoredFrom === request.restoredFrom;
  return isMine && isAsked && diffSettings(settings, request.settings).length === 0;
}

async function conflictOf(expectedVersion: number, widget: Widget | undefined): Promise<AppError> {
  const currentVersion = widget?.version ?? 0;
  const current = widget && (await findVersion(widget.id, currentVersion));
  const expected = widget && (await findVersion(widget.id, expectedVersion));
  const conflict: SettingsConflict = {
    expectedVersion,
    ...(expected && { expected: toSavedVersion(expected) }),
    currentVersion,
    ...(current && { current: toSavedVersion(current) }),
  };
  const who = current === undefined ? '' : `, saved by "${current.savedBy.subject}"`;
  const message = `Version "${expectedVersion}" was expected, but version "${currentVersion}" is current${who}`;
  return new AppError('SETTINGS_CONFLICT', { message, more: { conflict } });
}

function nameOf({ companyId, widgetSlug }: AdminCaller) {
  return { companyId, slug: widgetSlug };
}
