import { type ReadonlySignal, type Signal, signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Notices } from '../state/notices.ts';
import type { SignIn } from '../state/sign-in.ts';
import { ConfirmDialog, type ConfirmDialogs } from '../ui/confirm.tsx';
import { Toasts } from '../ui/toasts.tsx';
import type { View } from '../view.ts';
import { BesidePreview } from './beside-preview.tsx';
import { LaterPublishing } from './later-publishing.tsx';
import { LeftDraftNotice } from './left-draft-notice.tsx';
import { Nav } from './nav.tsx';
import { PageFrame } from './page-frame.tsx';
import { type Page, pageOf } from './pages.ts';
import { ProblemSummary } from './problem-summary.tsx';
import { SignInNotice } from './sign-in-notice.tsx';
import { PageActions, TitleBar } from './title-bar.tsx';

type Props = {
  readonly view: View;
  readonly signIn: SignIn;
  readonly notices: Notices;
  readonly dialogs: ConfirmDialogs;
};

/** Everything that stays while the pages change. */
export function Shell({ view, signIn, notices, dialogs }: Props) {
  const pageActions = useMemo(() => signal<ComponentChildren>(null), []);
  const isReviewing = useSignal(false);
  const hasProblemsShown = useSignal(false);
  const main = useRef<HTMLElement>(null);
  const page = useOpenPage(view);
  const title = page?.title ?? '';
  const hasPreview = page?.hasPreview === true;
  const isBeside = useMemo(createIsBeside, []);
  const isPreviewOpen = useSignal(false);

  function review(): void {
    const hasProblems = view.draft.problems.value.length > 0;
    hasProblemsShown.value = hasProblems;
    isReviewing.value = !hasProblems;
  }

  useTitleFocus(main, title);
  if (page === undefined) return null;

  return (
    <PageActions.Provider value={pageActions}>
      <div class="shell">
        <Nav view={view} current={page} />
        <main class="main" ref={main}>
          <TitleBar
            view={view}
            title={title}
            {...(hasPreview &&
              !isBeside.value && {
                onPreview: () => {
                  isPreviewOpen.value = true;
                },
              })}
            onReview={review}
          />
          <SignInNotice signIn={signIn} hasChanges={view.draft.changes.value.length > 0} />
          <BesidePreview view={view} hasPreview={hasPreview} isBeside={isBeside.value} isOpen={isPreviewOpen}>
            <PageBody view={view} page={page} hasProblemsShown={hasProblemsShown} />
          </BesidePreview>
        </main>
      </div>
      <LaterPublishing
        view={view}
        isOpen={isReviewing}
        onInvalid={() => {
          hasProblemsShown.value = true;
        }}
      />
      <Toasts notices={notices} />
      <ConfirmDialog dialogs={dialogs} seen={view.seen} />
    </PageActions.Provider>
  );
}

type BodyProps = { readonly view: View; readonly page: Page; readonly hasProblemsShown: Signal<boolean> };

/** The page, under what has to be said first. */
function PageBody({ view, page, hasProblemsShown }: BodyProps) {
  return (
    <div class="page-body">
      <LeftDraftNotice view={view} />
      <ProblemSummary view={view} isShown={hasProblemsShown} />
      <PageFrame view={view} page={page} />
    </div>
  );
}

/** Whether there is room for the preview beside the page. */
function createIsBeside(): ReadonlySignal<boolean> {
  const room = matchMedia('(min-width: 1100px)');
  const isBeside = signal(room.matches);
  room.addEventListener('change', ({ matches }) => {
    isBeside.value = matches;
  });
  return isBeside;
}

/** The page of the route, a task later: the one that was open goes first, and neither task is long. */
function useOpenPage(view: View): Page | undefined {
  const page = useSignal(pageOf(view.route.peek(), view.role));
  useEffect(() => {
    let timer: number | undefined;
    const stop = view.route.subscribe((route) => {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        page.value = pageOf(route, view.role);
      });
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [view, page]);
  return page.value;
}

/** Whoever opens another page by keyboard or hears the view goes on at its title. Not at the first one. */
function useTitleFocus(main: { current: HTMLElement | null }, title: string): void {
  const before = useRef(title);
  useEffect(() => {
    if (before.current !== title) main.current?.querySelector('h1')?.focus();
    before.current = title;
  }, [main, title]);
}
