import type { LoaderErrorCode } from '../../shared/error-code.ts';
import { SETTINGS_FRAME_ATTRIBUTES } from '../../shared/settings-frame-element.ts';
import {
  SETTINGS_FRAME_GUARDS,
  type SettingsFrameMessage,
  type SettingsHostMessage,
} from '../../shared/settings-port-message.ts';
import { insertFrame } from '../frame.ts';
import { apply, attachShadow, hostOrigin } from '../pristine.ts';

/** Before the view has said how high it is. */
const FIRST_HEIGHT = 560;

/** Above this a number is a mistake. */
const MOST_HEIGHT = 200_000;

const STYLE = `:host{all:initial!important;display:block!important}
iframe{display:block;width:100%;height:${FIRST_HEIGHT}px;border:0;color-scheme:normal}
p{margin:0;padding:24px;font:14px/1.5 system-ui,sans-serif;color:GrayText}`;

export type SettingsFrame = {
  readonly send: (message: SettingsHostMessage) => void;
  readonly setHeight: (height: number) => void;
  /** Begins to notice when the view is gone. */
  readonly watch: () => void;
  /** Shows a sentence in place of the view. */
  readonly giveUp: (sentence: string) => void;
  /** Takes everything out of the page. */
  readonly remove: () => void;
};

/**
 * Puts the view of `widget` into `parent`, in a closed shadow root like the chat's, so that neither the dashboard's style
 * nor another frame on the page reaches its window.
 */
export function insertSettings(
  parent: Element,
  [settingsOrigin, widget]: readonly [settingsOrigin: string, widget: string],
  receive: (message: SettingsFrameMessage) => void,
  fail: (code: LoaderErrorCode) => void,
): SettingsFrame {
  const host = document.createElement('casement-settings');
  const root: ShadowRoot = apply(attachShadow, host, [{ mode: 'closed' }]);
  const sheet = new CSSStyleSheet();
  const url = `${settingsOrigin}/settings/${encodeURIComponent(widget)}?o=${hostOrigin}`;
  const attributes = { ...SETTINGS_FRAME_ATTRIBUTES, title: 'Settings' };
  const [, drop, send, ping] = insertFrame<SettingsFrameMessage, SettingsHostMessage>(
    root,
    [settingsOrigin, url, SETTINGS_FRAME_GUARDS, attributes],
    [receive, fail],
  );
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets.push(sheet);
  parent.append(host);
  return {
    send,
    setHeight(height) {
      root.querySelector('iframe')?.style.setProperty('height', `${Math.min(height, MOST_HEIGHT)}px`);
    },
    watch: ping,
    giveUp(sentence) {
      drop();
      root.append(Object.assign(document.createElement('p'), { textContent: sentence }));
    },
    remove() {
      drop();
      host.remove();
    },
  };
}
