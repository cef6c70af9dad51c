import { element, htmlPage } from './hostile-pages.ts';
import type { SitePage } from './hostile-sites.ts';

/**
 * A listed host page that does without the loader: it frames the widget itself, keeps what the frame says in
 * `window.heard`, and leaves the answer to the test.
 */
export function bareHostPage(frameUrl: string, attributes: Readonly<Record<string, string>> = {}): SitePage {
  const script = `window.heard = [];
    addEventListener('message', ({ data, origin, source }) => {
      heard.push({ data, origin, isFrame: source === document.getElementById('framed').contentWindow });
    });`;
  const iframe = { id: 'framed', src: frameUrl, referrerpolicy: 'origin', width: '400', height: '600', ...attributes };
  return htmlPage(`<script>${script}</script>${element('iframe', iframe)}`);
}

/**
 * A listed host page that spies on the loader: before it comes, every prototype it could rely on is wrapped, so that
 * `window.spied` has all shadow roots, everything that is posted or received over a port, and all window messages.
 */
export function spyingHostPage(widgetOrigin: string, key: string): SitePage {
  const script = `window.spied = { roots: [], posted: [], received: [] };
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      const root = attachShadow.call(this, options);
      spied.roots.push(root);
      return root;
    };
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (...args) {
      spied.posted.push(args[0]);
      return postMessage.apply(this, args);
    };
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
    Object.defineProperty(MessageEvent.prototype, 'data', {
      ...data,
      get() {
        const value = data.get.call(this);
        spied.received.push(value);
        return value;
      },
    });
    addEventListener('message', (event) => event.data);`;
  const loader = element('script', { src: `${widgetOrigin}/loader.js`, 'data-key': key });
  return htmlPage(`<script>${script}</script>${loader}`);
}
