import type { ReadonlySignal } from '@preact/signals';
import type { Permission, Role } from '../../shared/permission.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SavedSettingsAnswer, SettingsAnswer } from '../../shared/settings-api.ts';
import type { SettingsBoot } from '../../shared/settings-boot.ts';
import type { AdminApi } from './api/admin-api.ts';
import type { Dashboard } from './host/dashboard.ts';
import type { ImportLater } from './host/page-chunks.ts';
import type { SeenPart } from './host/seen-part.ts';
import type { Draft } from './state/draft.ts';
import type { DraftKeeper } from './state/draft-keeper.ts';
import type { Formats } from './state/formats.ts';
import type { Notices } from './state/notices.ts';
import type { Resources } from './state/resources.ts';
import type { Router } from './state/router.ts';
import type { Unsaved } from './state/unsaved.ts';
import type { ConfirmDialogs } from './ui/confirm.tsx';

/**
 * What a page gets. A page is one folder below `pages/`, one component, and one line in `shell/pages.ts`:
 *
 *     // pages/limits/limits-page.tsx
 *     export function LimitsPage({ view }: { view: View }) {
 *       const { limits } = view.draft.settings.value;
 *       return (
 *         <Locked reason={view.reasonAgainst('settings:write-limits')}>
 *           <Section heading="Rate" help="How much one visitor may write.">
 *             <NumberField
 *               label="Messages a minute"
 *               value={limits.messagesPerMinute}
 *               error={view.draft.problemOf('limits.messagesPerMinute')}
 *               onInput={(messagesPerMinute) => view.draft.edit('limits', (now) => ({ ...now, messagesPerMinute }))}
 *             />
 *           </Section>
 *         </Locked>
 *       );
 *     }
 *
 * Settings are only ever edited through `view.draft`: publishing, conflicts, undo and the reload offer then come by
 * themselves. What is not a setting (articles, keys, analytics) is asked for through `view.resources` and `view.api`:
 *
 *     const list = view.resources.use('articles', () => listArticles(view.api)).value;
 *     if (list.answer === undefined) return <Loading resource={list} onRetry={() => view.resources.reload('articles')} />;
 *
 * - A page never names a colour or a font: `styles/` has the tokens and `ui/` the controls. Rules of its own stand in a
 *   style sheet beside it, imported as text and added once with `addStyles` (`ui/add-styles.ts`).
 * - Every control below `<Locked reason>` is disabled with that reason on hover and for screen readers.
 * - A page's own primary button goes into the title bar: `<TitleActions>` (`shell/title-bar.tsx`).
 * - What can be lost in a page that is not a setting is kept by `view.unsaved.holdWhile(...)`.
 * - Code that is heavy is imported later: `view.importLater('name-of-file', () => import('./name-of-file.ts'))`.
 * - The part of the route after the page is `view.rest.value`; `view.go('history/12')` opens another.
 */
export type View = {
  readonly boot: SettingsBoot;
  readonly api: AdminApi;
  readonly resources: Resources;
  /** The published settings, with what the server says of them. */
  readonly published: ReadonlySignal<SettingsAnswer>;
  /** What the admin makes of them. */
  readonly draft: Draft;
  /** Takes over settings that are published now, as after a restore; `sent` is what the draft was when they were sent. */
  adopt(answer: SettingsAnswer | SavedSettingsAnswer, sent?: Settings): void;
  /** What the admin left unpublished the last time, until they decide. */
  readonly leftDraft: DraftKeeper['left'];
  readonly settleLeftDraft: DraftKeeper['settle'];
  /** The copy of the draft on the server. */
  readonly keptDraft: DraftKeeper['kept'];
  readonly role: Role;
  may(permission: Permission): boolean;
  /** Why this admin may not, in a sentence; `undefined` if they may. */
  reasonAgainst(permission: Permission): string | undefined;
  readonly route: ReadonlySignal<string>;
  /** The route after its page: `12` of `history/12`. */
  readonly rest: ReadonlySignal<string>;
  readonly go: Router['go'];
  /** A language tag, or `""` for the browser's own. */
  readonly locale: ReadonlySignal<string>;
  /** Moments and numbers as the admin's locale writes them. */
  readonly formats: ReadonlySignal<Formats>;
  readonly notify: Notices['notify'];
  /** Asks before something that is hard to take back. */
  readonly confirm: ConfirmDialogs['confirm'];
  readonly unsaved: Unsaved;
  /** The part of the frame that is on the screen. */
  readonly seen: ReadonlySignal<SeenPart>;
  /** Milliseconds of the epoch. */
  readonly now: () => number;
  readonly importLater: ImportLater;
  readonly dashboard: Dashboard;
};
