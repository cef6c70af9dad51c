import * as v from 'valibot';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import type { SettingsProblem } from '../../shared/settings-api.ts';
import { AppError } from '../errors.ts';
import { checkSite, type SiteRules } from './allowlist-entry.ts';
import { describeField, describeIssue } from './describe-issue.ts';

/** A line of the allowlist that is kept in another form than it was typed in. */
export type NormalisedSite = { readonly typed: string; readonly saved: string };

export type CheckedSettings =
  | { readonly settings: Settings; readonly normalised: readonly NormalisedSite[] }
  | { readonly problems: readonly [SettingsProblem, ...SettingsProblem[]] };

const MOST_PROBLEMS = 50;

/**
 * Checks what somebody wants to save: the sites by the rules for sites, everything by the shared schema. Answers the
 * settings as they are kept, or every problem with its field, at most 50.
 */
export function checkSettings(typed: Readonly<Record<string, unknown>>, rules: SiteRules): CheckedSettings {
  const { allowlist, normalised, problems: siteProblems } = checkSites(typed.allowlist, rules);
  const result = v.safeParse(settingsSchema, { ...typed, allowlist });
  const problems = [...siteProblems, ...(result.success ? [] : result.issues.map(toProblem))];
  const [first, ...others] = problems.slice(0, MOST_PROBLEMS);
  if (first !== undefined) return { problems: [first, ...others] };
  return { settings: v.parse(settingsSchema, result.output), normalised };
}

/** The same, but throws AppError `INVALID_REQUEST` with every problem. */
export function requireSettings(
  typed: Readonly<Record<string, unknown>>,
  rules: SiteRules,
): Extract<CheckedSettings, { settings: Settings }> {
  const checked = checkSettings(typed, rules);
  if (!('problems' in checked)) return checked;
  const { problems } = checked;
  const [{ field, message }] = problems;
  throw new AppError('INVALID_REQUEST', { field, message: describeField(field, message), more: { problems } });
}

function toProblem(issue: v.InferIssue<typeof settingsSchema>): SettingsProblem {
  return { field: v.getDotPath(issue) ?? '', message: describeIssue(issue) };
}

/** What is not a list of texts is left to the schema; a line that is refused is left out, so that it is named once. */
function checkSites(typed: unknown, rules: SiteRules) {
  const normalised: NormalisedSite[] = [];
  const problems: SettingsProblem[] = [];
  if (!Array.isArray(typed) || !typed.every((line) => typeof line === 'string')) {
    return { allowlist: typed, normalised, problems };
  }
  const allowlist = new Set<string>();
  for (const [index, line] of typed.entries()) {
    const checked = checkSite(line, rules);
    if ('reason' in checked) {
      problems.push({ field: `allowlist.${index}`, message: checked.reason });
      continue;
    }
    allowlist.add(checked.entry);
    if (checked.entry !== line) normalised.push({ typed: line, saved: checked.entry });
  }
  return { allowlist: [...allowlist], normalised, problems };
}
