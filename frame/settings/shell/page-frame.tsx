import { computed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { sentenceOf } from '../api/admin-api-error.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { Notice } from '../ui/marks.tsx';
import type { View } from '../view.ts';
import { type Page, type PageComponent, pageOf } from './pages.ts';

/** The open page, once its code has come. A page that was open before is there at once. */
export function PageFrame({ view, page }: { view: View; page: Page }) {
  const loaded = useSignal<ReadonlyMap<string, PageComponent>>(new Map());
  const drawn = useSignal(page.route);
  const failure = useSignal<unknown>(undefined);
  // Another page is about to open.
  const isLeft = useMemo(() => computed(() => pageOf(view.route.value, view.role) !== page), [view, page]);

  function load(): void {
    failure.value = undefined;
    page.load(view.importLater).then(
      (component) => {
        loaded.value = new Map(loaded.value).set(page.route, component);
      },
      (error) => {
        failure.value = error;
      },
    );
  }

  useEffect(() => {
    if (!loaded.value.has(page.route)) load();
  }, [page.route]);

  // The page is drawn in a task after that of the navigation, so that neither is long.
  useEffect(() => {
    const timer = setTimeout(() => {
      drawn.value = page.route;
    });
    return () => clearTimeout(timer);
  }, [page.route, drawn]);

  const Component = loaded.value.get(page.route);
  if (isLeft.value) return null;
  if (Component !== undefined) return drawn.value === page.route ? <Component key={page.route} view={view} /> : null;
  if (failure.value === undefined) return <Skeleton />;
  return (
    <Notice tone="danger" actions={<Button onClick={load}>Try again</Button>}>
      This page did not load. {failure.value instanceof TypeError ? 'Check the connection.' : sentenceOf(failure.value)}
    </Notice>
  );
}
