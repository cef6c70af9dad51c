import { ICON_PATHS } from '../shared/launcher-icon.ts';
import type { LauncherLook } from '../shared/port-message.ts';
import { apply, attachShadow } from './pristine.ts';
import { styleOf } from './style.ts';

type ShellState = {
  readonly look: LauncherLook;
  readonly isOpen: boolean;
  /** How many replies the visitor has not seen. */
  readonly n: number;
};

/** Shows what has changed. */
export type Draw = (change: Partial<ShellState>) => void;

type Shell = readonly [
  /** What stands in the page; the rest is in its closed shadow root. */
  host: Element,
  root: ShadowRoot,
  launcher: HTMLButtonElement,
  draw: Draw,
];

/**
 * Everything of a widget that can be seen on the page, without the frame. Made by DOM calls and a constructed style
 * sheet alone, which neither a Content-Security-Policy (https://www.w3.org/TR/CSP3/#directive-style-src) nor Trusted
 * Types of the page restrict.
 */
export function createShell(firstLook: LauncherLook): Shell {
  const host = document.createElement('casement-widget');
  const launcher = document.createElement('button');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const sheet = new CSSStyleSheet();
  const root: ShadowRoot = apply(attachShadow, host, [{ mode: 'closed' }]);
  const state: ShellState = { look: firstLook, isOpen: false, n: 0 };

  const draw: Draw = (change) => {
    const { look, isOpen, n } = Object.assign(state, change);
    sheet.replaceSync(styleOf(look));
    path.setAttribute('d', ICON_PATHS[isOpen ? 'close' : look.icon]);
    launcher.value = `${n}`;
    launcher.ariaLabel = look.label + (n ? ` (${n})` : '');
    launcher.ariaExpanded = `${isOpen}`;
  };
  root.adoptedStyleSheets.push(sheet);
  root.append(launcher);
  launcher.append(svg);
  svg.append(path);
  draw({});
  return [host, root, launcher, draw];
}
