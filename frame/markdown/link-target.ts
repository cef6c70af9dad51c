/** Where a link may lead. */
export type LinkTarget = {
  /** As the browser's URL parser writes it, with the host in punycode. */
  readonly href: string;
  /** What to show as the destination: the host, or the address of a mail. */
  readonly host: string;
  /** Whether one click opens it; else the visitor first sees the whole address. */
  readonly isDirect: boolean;
};

const LONGEST_DIRECT_QUERY = 64;
const LONGEST_HREF = 2_000;

/**
 * Decides about a link that a model or an article wrote. Only https and mailto lead anywhere, and http on the embedding
 * site itself, which in development has no other; everything else answers `undefined` and stays text. One click is
 * enough only for the embedding site, with a short query, and only if the words do not name some other host.
 */
export function checkLink(href: string, words: string, siteOrigin: string): LinkTarget | undefined {
  const url = parseUrl(href.trim());
  if (url === undefined || url.href.length > LONGEST_HREF) return undefined;
  if (url.protocol === 'mailto:') return { href: url.href, host: url.pathname, isDirect: false };
  // A blob: URL has the origin of the page that made it, so the scheme is looked at by itself.
  const isSite = url.origin === siteOrigin && /^https?:$/.test(url.protocol);
  if ((url.protocol !== 'https:' && !isSite) || url.username !== '' || url.password !== '') return undefined;
  const namedHost = hostNamedBy(words);
  return {
    href: url.href,
    host: url.host,
    isDirect:
      isSite && url.search.length <= LONGEST_DIRECT_QUERY + 1 && (namedHost === undefined || namedHost === url.host),
  };
}

/** The host that the words of a link claim to lead to, if they look like an address at all. */
function hostNamedBy(words: string): string | undefined {
  const text = words.trim();
  if (/\s/.test(text) || !/[.:@]/.test(text)) return undefined;
  return parseUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`)?.host ?? text;
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
