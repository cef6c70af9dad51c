import type { SettingsBoot } from '../../../shared/settings-boot.ts';
import type { BuiltDocument, BuiltFile } from '../../support/bundle-document.ts';
import { frameHeaders } from '../frame/frame-document.ts';

/** What the server sends with the settings document, so that the view is tested under it. */
export function settingsHeaders(dashboardOrigin: string, widgetOrigin: string): Record<string, string | string[]> {
  const headers = frameHeaders(dashboardOrigin);
  const policies = [headers['content-security-policy'] ?? []].flat();
  return {
    ...headers,
    'content-security-policy': policies.map((policy) =>
      policy
        .replace("frame-src 'none'", `frame-src ${widgetOrigin}`)
        .replace('allow-popups-to-escape-sandbox', 'allow-popups-to-escape-sandbox allow-downloads'),
    ),
  };
}

type Parts = Pick<SettingsBoot, 'o' | 'widgetOrigin'>;

export function settingsDocument({ script, style, preload, lazy }: BuiltDocument, parts: Parts): string {
  const urlOf = ({ name }: BuiltFile) => `/assets/${name}`;
  const protectedBy = (file: BuiltFile) => `integrity="${file.integrity}" crossorigin`;
  const boot: SettingsBoot = {
    ...parts,
    widget: 'main',
    build: 'test',
    lazyChunks: lazy.map((file) => ({ url: urlOf(file), integrity: file.integrity, entries: file.entries })),
  };
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Settings</title>',
    `<meta name="boot" content="${JSON.stringify(boot).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`,
    `<link rel="stylesheet" href="${urlOf(style)}" ${protectedBy(style)}>`,
    ...preload.map((file) => `<link rel="modulepreload" href="${urlOf(file)}" ${protectedBy(file)}>`),
    `<script type="module" src="${urlOf(script)}" ${protectedBy(script)}></script>`,
    '</head><body><div id="root"></div></body></html>',
  ].join('\n');
}
