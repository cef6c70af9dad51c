import type { ComponentType } from 'preact';
import type { Permission, Role } from '../../../shared/permission.ts';
import { isPermitted } from '../../../shared/permission.ts';
import type { ImportLater } from '../host/page-chunks.ts';
import { splitRoute } from '../state/router.ts';
import type { View } from '../view.ts';

export type PageComponent = ComponentType<{ view: View }>;

export type Page = {
  /** The first part of its routes; `""` is the first page. */
  readonly route: string;
  readonly title: string;
  /** Pages of one group stand together in the navigation. */
  readonly group: 'widget' | 'access' | 'insight';
  /** Who finds it in the navigation; everybody unless told. */
  readonly permission?: Permission;
  /** Whether the preview stands beside it. */
  readonly hasPreview?: boolean;
  /** A small number beside its name. */
  readonly countOf?: (view: View) => number | undefined;
  readonly load: (importLater: ImportLater) => Promise<PageComponent>;
};

/**
 * Every page, in the order of the navigation. A page's code comes when it opens: the name given to `later` is that of
 * its file, by which the document knows its chunks.
 */
export const PAGES: readonly Page[] = [
  {
    route: '',
    title: 'Overview',
    group: 'widget',
    load: (later) =>
      later('overview-page', () => import('../pages/overview/overview-page.tsx')).then(
        ({ OverviewPage }) => OverviewPage,
      ),
  },
  {
    route: 'appearance',
    title: 'Appearance',
    group: 'widget',
    hasPreview: true,
    load: (later) =>
      later('appearance-page', () => import('../pages/appearance/appearance-page.tsx')).then(
        ({ AppearancePage }) => AppearancePage,
      ),
  },
  {
    route: 'texts',
    title: 'Texts',
    group: 'widget',
    hasPreview: true,
    load: (later) =>
      later('texts-page', () => import('../pages/texts/texts-page.tsx')).then(({ TextsPage }) => TextsPage),
  },
  {
    route: 'assistant',
    title: 'Assistant',
    group: 'widget',
    hasPreview: true,
    load: (later) =>
      later('assistant-page', () => import('../pages/assistant/assistant-page.tsx')).then(
        ({ AssistantPage }) => AssistantPage,
      ),
  },
  {
    route: 'knowledge',
    title: 'Knowledge',
    group: 'widget',
    load: (later) =>
      later('knowledge-page', () => import('../pages/knowledge/knowledge-page.tsx')).then(
        ({ KnowledgePage }) => KnowledgePage,
      ),
  },
  {
    route: 'sites',
    title: 'Sites',
    group: 'access',
    countOf: ({ draft }) => draft.settings.value.allowlist.length,
    load: (later) =>
      later('sites-page', () => import('../pages/sites/sites-page.tsx')).then(({ SitesPage }) => SitesPage),
  },
  {
    route: 'keys',
    title: 'Keys',
    group: 'access',
    load: (later) => later('keys-page', () => import('../pages/keys/keys-page.tsx')).then(({ KeysPage }) => KeysPage),
  },
  {
    route: 'limits',
    title: 'Limits and privacy',
    group: 'access',
    load: (later) =>
      later('limits-page', () => import('../pages/limits/limits-page.tsx')).then(({ LimitsPage }) => LimitsPage),
  },
  {
    route: 'analytics',
    title: 'Analytics',
    group: 'insight',
    load: (later) =>
      later('analytics-page', () => import('../pages/analytics/analytics-page.tsx')).then(
        ({ AnalyticsPage }) => AnalyticsPage,
      ),
  },
  {
    route: 'history',
    title: 'History',
    group: 'insight',
    load: (later) =>
      later('history-page', () => import('../pages/history/history-page.tsx')).then(({ HistoryPage }) => HistoryPage),
  },
  {
    route: 'audit',
    title: 'Audit log',
    group: 'insight',
    permission: 'audit:read',
    load: (later) =>
      later('audit-page', () => import('../pages/audit/audit-page.tsx')).then(({ AuditPage }) => AuditPage),
  },
];

/** The pages that `role` finds. */
export function pagesFor(role: Role): readonly Page[] {
  return PAGES.filter(({ permission }) => permission === undefined || isPermitted(role, permission));
}

/** The page of a route for `role`; the first one if there is none. */
export function pageOf(route: string, role: Role): Page | undefined {
  const pages = pagesFor(role);
  return pages.find((page) => page.route === splitRoute(route)[0]) ?? pages[0];
}
