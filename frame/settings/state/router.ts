import { type ReadonlySignal, signal } from '@preact/signals';
import { isSettingsRoute } from '../../../shared/settings-port-message.ts';

export type Router = {
  /** The page that is open and what it shows of it, such as `keys` or `history/12`; `""` is the overview. */
  readonly route: ReadonlySignal<string>;
  /** Opens a route and tells the dashboard, which may put it into its own address. */
  go(route: string, options?: { readonly isReplaced?: boolean }): Promise<void>;
  /** Opens what the dashboard's own address names; the dashboard knows, so it is not told. */
  follow(route: string): Promise<void>;
};

type Options = {
  /** Whether there is a page for a route; the overview opens in its place else. */
  readonly isKnown: (route: string) => boolean;
  readonly tell: (route: string, isReplaced: boolean) => void;
  /** Asked before another route opens, so that a page may keep what was typed in it. */
  readonly mayLeave: () => Promise<boolean>;
};

export function createRouter({ isKnown, tell, mayLeave }: Options): Router {
  const route = signal('');

  return {
    route,
    async go(wanted, { isReplaced = false } = {}) {
      if (wanted === route.value || !isSettingsRoute(wanted)) return;
      if (!(await mayLeave())) return;
      route.value = isKnown(wanted) ? wanted : '';
      tell(route.value, isReplaced);
    },
    async follow(wanted) {
      if (wanted === route.value) return;
      if (!(await mayLeave())) return tell(route.value, false);
      route.value = isKnown(wanted) ? wanted : '';
      // An address that names no page of ours is put right, without a step more in the history.
      if (route.value !== wanted) tell(route.value, true);
    },
  };
}

/** The page of a route, and what it shows of it: `history/12` is `['history', '12']`. */
export function splitRoute(route: string): readonly [page: string, rest: string] {
  const slash = route.indexOf('/');
  return slash < 0 ? [route, ''] : [route.slice(0, slash), route.slice(slash + 1)];
}
