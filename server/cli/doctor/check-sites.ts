import { getDomain } from 'tldts';
import { hostOf, type Origin, parseOrigin } from '../../../shared/origin.ts';
import { checkSite } from '../../domain/allowlist-entry.ts';
import { siteOf } from '../../domain/site.ts';
import { type Facts, type Finding, isProduction } from './finding.ts';

export type StoredSites = {
  readonly companyId: string;
  readonly slug: string;
  readonly allowlist: readonly string[];
};

const CURE = 'Take it off the allowlist: docs/settings-api.md';

/** The allowlists that are stored. They were checked when they were saved, by the configuration and the list of then. */
export function checkSites(widgets: readonly StoredSites[], { config }: Pick<Facts, 'config'>): readonly Finding[] {
  const { widgetOrigin, settingsOrigin } = config;
  const ownOrigins = settingsOrigin === undefined ? [widgetOrigin] : [widgetOrigin, settingsOrigin];
  const rules = { ownOrigins, allowsLoopbackHttp: !isProduction(config) };
  return widgets.flatMap(({ companyId, slug, allowlist }) =>
    allowlist.flatMap((entry): readonly Finding[] => {
      const whose = `The widget "${slug}" of "${companyId}" allows "${entry}"`;
      const origin = parseOrigin(entry.replace('://*.', '://'));
      if (origin !== undefined && entry.includes('://*.') && isPublicSuffix(origin)) {
        const message = `${whose}: "${hostOf(origin)}" is a public suffix, below which anyone can have a name`;
        return [{ code: 'PUBLIC_SUFFIX', severity: 'error', message, cure: CURE }];
      }
      const checked = checkSite(entry, rules);
      if ('reason' in checked) {
        const message = `${whose}, which would not be saved today: ${checked.reason}`;
        return [{ code: 'SITE_REFUSED', severity: 'error', message, cure: CURE }];
      }
      return origin === undefined ? [] : findSameSite(origin, whose, widgetOrigin);
    }),
  );
}

function findSameSite(origin: Origin, whose: string, widgetOrigin: Origin): readonly Finding[] {
  const site = siteOf(origin);
  if (site === null || site !== siteOf(widgetOrigin)) return [];
  const message = `${whose}, which is on "${site}" like the widget at "${widgetOrigin}": browsers keep them less apart than two sites`;
  const cure = 'Give the widget a host name on a registrable domain of its own';
  return [{ code: 'SAME_SITE', severity: 'warning', message, cure }];
}

function isPublicSuffix(origin: Origin): boolean {
  return getDomain(hostOf(origin), { allowPrivateDomains: true }) === null;
}
