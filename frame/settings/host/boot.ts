import type { SettingsBoot } from '../../../shared/settings-boot.ts';

/**
 * The boot data the server wrote into `<meta name="boot" content="...">`. Throws if the document carries none: the view
 * then is not served by its own server and shows nothing.
 */
export function readSettingsBoot(page: Document): SettingsBoot {
  const boot: SettingsBoot = JSON.parse(page.querySelector('meta[name=boot]')?.getAttribute('content') ?? '');
  return boot;
}
