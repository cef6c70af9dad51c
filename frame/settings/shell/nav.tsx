import { useSignal } from '@preact/signals';
import { Icon } from '../../ui/icon.tsx';
import { EXPAND } from '../../ui/late-icons.ts';
import { Monogram } from '../../ui/monogram.tsx';
import type { View } from '../view.ts';
import { type Page, pagesFor } from './pages.ts';

const GROUPS = ['widget', 'access', 'insight'] as const;

/** The ways to the pages: beside them where there is room, behind a button on a phone. */
export function Nav({ view, current }: { view: View; current: Page | undefined }) {
  const isOpen = useSignal(false);
  const pages = pagesFor(view.role);
  const groups = GROUPS.map((group) => pages.filter((page) => page.group === group)).filter(({ length }) => length > 0);

  function open(page: Page): void {
    isOpen.value = false;
    void view.go(page.route);
  }

  return (
    <nav class="nav" aria-label="Settings">
      <div class="nav-top">
        <Brand view={view} />
        <button
          type="button"
          class="nav-toggle button outlined"
          aria-expanded={isOpen.value}
          aria-controls="nav-pages"
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          Menu
          <Icon shape={EXPAND} />
        </button>
      </div>
      <div class="nav-pages" id="nav-pages" data-open={isOpen.value}>
        {groups.map((group) => (
          <ul key={group[0]?.group} class="nav-group">
            {group.map((page) => (
              <li key={page.route}>
                <button
                  type="button"
                  class="nav-link"
                  aria-current={page === current ? 'page' : undefined}
                  onClick={() => open(page)}
                >
                  {page.title}
                  <Count view={view} page={page} />
                </button>
              </li>
            ))}
          </ul>
        ))}
      </div>
    </nav>
  );
}

function Brand({ view }: { view: View }) {
  const { defaultLocale, locales } = view.draft.settings.value;
  const name = locales[defaultLocale]?.name || 'Widget';
  return (
    <div class="brand">
      <Monogram name={name} />
      <span class="brand-name">{name}</span>
    </div>
  );
}

function Count({ view, page }: { view: View; page: Page }) {
  const count = page.countOf?.(view);
  if (count === undefined) return null;
  return <span class="nav-count">{view.formats.value.number(count)}</span>;
}
