import type { InstallationAnswer } from '../../../../shared/installation-api.ts';
import type { PublicKey } from '../../../../shared/public-key.ts';

type Addresses = Pick<InstallationAnswer, 'loaderUrl' | 'pinnedLoaderUrl' | 'integrity'>;

/** The tag whose script is always the server's current loader. */
export function plainSnippet({ loaderUrl }: Addresses, key: PublicKey): string {
  return `<script async src="${loaderUrl}" data-key="${key}"></script>`;
}

/** The tag that runs one version of the loader and no other byte (https://www.w3.org/TR/sri-2/). */
export function pinnedSnippet({ pinnedLoaderUrl, integrity }: Addresses, key: PublicKey): string {
  return `<script async src="${pinnedLoaderUrl}" integrity="${integrity}" crossorigin="anonymous" data-key="${key}"></script>`;
}
