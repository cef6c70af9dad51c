import type { SitePage } from './hostile-sites.ts';

type Attributes = Readonly<Record<string, string>>;

/** A page that embeds the widget as the documentation says: one script tag. */
export function embeddingPage(widgetOrigin: string, key: string, headers: SitePage['headers'] = {}): SitePage {
  return htmlPage(element('script', { async: '', src: `${widgetOrigin}/loader.js`, 'data-key': key }), headers);
}

/**
 * Answers whatever says hello to the page, as the loader would: a frame that is shown and speaks to this page gets its
 * handshake, so that it would also ask for a session.
 */
const ANSWERING_SCRIPT = `addEventListener('message', ({ data, source }) => {
  if (data?.t === 'hello') source.postMessage({ ...data, t: 'init' }, '*', [new MessageChannel().port2]);
});`;

/** A page that puts `url` into itself without asking the loader, and does the loader's part of the handshake. */
export function framingPage(
  url: string,
  { tag = 'iframe', attributes = {} }: { tag?: 'iframe' | 'object' | 'embed'; attributes?: Attributes } = {},
): SitePage {
  const address: Attributes = tag === 'object' ? { data: url } : { src: url };
  const embedded = element(tag, { ...address, width: '400', height: '400', ...attributes });
  return htmlPage(`<script>${ANSWERING_SCRIPT}</script>${embedded}`);
}

export function htmlPage(body: string, headers: SitePage['headers'] = {}): SitePage {
  return { headers, body: htmlDocument(body) };
}

export function htmlDocument(body: string): string {
  return `<!doctype html><html lang="en"><title>A page</title><body>${body}</body></html>`;
}

/** Any element, its attributes escaped. */
export function element(tag: string, attributes: Attributes): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  return `<${tag}${written.join('')}>${tag === 'embed' ? '' : `</${tag}>`}`;
}

/** The strictest policy the documentation promises to work under: the widget's script and its frame, nothing else. */
export function strictPolicy(widgetOrigin: string): SitePage['headers'] {
  return {
    'content-security-policy': `default-src 'none'; script-src ${widgetOrigin}; frame-src ${widgetOrigin}; require-trusted-types-for 'script'; trusted-types 'none'`,
  };
}

/** A host page that is cross-origin isolated: everything in it has to opt in. */
export const CROSS_ORIGIN_ISOLATED: SitePage['headers'] = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
