import type { LauncherLook } from '../shared/port-message.ts';

/**
 * The rules of the shadow root: the panel is the iframe itself, `button` the launcher after it, whose value is how many
 * replies are unread. What is `!important` on `:host` no rule of the page can outdo
 * (https://www.w3.org/TR/css-scoping-1/#cascading). The strokes are white, or black where the accent is too light for
 * white. A look comes checked from the settings or, as it was written, from the page: which can style itself anyway.
 */
export function styleOf({ accent, position, offsetSide, offsetBottom, radius, zIndex }: LauncherLook): string {
  return `:host{all:initial!important;position:fixed!important;z-index:${zIndex}!important}\
button{all:unset;cursor:pointer;border-radius:50%;background:${accent};box-shadow:0 8px 24px ${accent}59}\
button,svg{width:56px;height:56px;fill:none;stroke:oklch(from ${accent} calc((.67 - l)*99) 0 0);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\
button,iframe{position:fixed;bottom:${offsetBottom}px;inset-inline-${position}:${offsetSide}px}\
button:focus-visible{outline:2px solid ${accent};outline-offset:3px}\
button:after{content:"";position:absolute;top:0;right:0;padding:7px;border-radius:50%;background:#b42318}\
[value="0"]:after{display:none}\
iframe{margin-bottom:72px;width:400px;height:min(680px,100dvh - ${offsetBottom}px - 96px);border:0;border-radius:${radius}px;box-shadow:0 0 0 1px #80808033,0 24px 64px #1018282e;visibility:hidden;opacity:0;translate:0 8px;scale:.98;transition:.18s ease-out,visibility 0s .18s}\
.open{visibility:visible;opacity:1;translate:0;scale:1;transition-delay:0s}\
@media(width<480px){iframe{inset:0;margin:0;width:100%;height:100%;border-radius:0}.open+button{visibility:hidden}}\
@media(prefers-reduced-motion){iframe{transition:none}}\
@media print{:host{display:none!important}}`;
}
