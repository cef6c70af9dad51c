import { listen } from './pristine.ts';

/**
 * What is different on the page while the panel is open, until the answered function is called: the Escape key is
 * `onEscape`, unless the page wanted it for itself; and on a screen that the panel covers the page does not scroll.
 * Afterwards such a page is where it was, to the pixel.
 *
 * A style sheet holds the page, so that no attribute of it is touched, a `body` that is swapped meanwhile is held too,
 * and several open panels do not get into each other's way.
 */
export function holdPage(onEscape: () => void): () => void {
  const { scrollX: left, scrollY: top } = window;
  const sheet = new CSSStyleSheet();
  const stop = listen(window, 'keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented) onEscape();
  });
  sheet.replaceSync('@media(width<480px){html:not(#_){overflow:hidden!important}}');
  document.adoptedStyleSheets.push(sheet);
  return () => {
    stop();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    if (innerWidth < 480) scrollTo({ left, top, behavior: 'instant' });
  };
}
