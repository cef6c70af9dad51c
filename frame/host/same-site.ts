/**
 * Whether two origins look as if they were below one domain, so that a browser separates them less than it could. A guess
 * without the Public Suffix List, whatever the ports: the host page is in or below the domain that the widget's host is in.
 */
export function isSameSite(hostOrigin: string, ownOrigin: string): boolean {
  const { hostname } = new URL(hostOrigin);
  const [, domain] = /^[^.]+\.(.+\..+)$/.exec(new URL(ownOrigin).hostname) ?? [];
  return domain !== undefined && `.${hostname}`.endsWith(`.${domain}`);
}

/** Tells the embedder in the console, where the loader tells everything else that is not as it should be. */
export function warnSameSite(hostOrigin: string, ownOrigin: string): void {
  // biome-ignore lint/suspicious/noConsole: the console is where an embedder looks
  if (isSameSite(hostOrigin, ownOrigin)) console.warn('Casement', 'is same-site with', hostOrigin);
}
