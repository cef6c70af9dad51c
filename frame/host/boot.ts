import type { Boot } from '../../shared/boot.ts';

/**
 * The boot data the server wrote into `<meta name="boot" content="...">`. Throws if the document carries none: the
 * frame then is not served by its own server and shows nothing.
 */
export function readBoot(page: Document): Boot {
  const boot: Boot = JSON.parse(page.querySelector('meta[name=boot]')?.getAttribute('content') ?? '');
  return boot;
}
