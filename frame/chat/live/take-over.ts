import type { Configuration } from '../../../shared/configuration.ts';
import { launcherLookOf } from '../../../shared/launcher-look.ts';
import { textDirection } from '../../../shared/text-direction.ts';
import type { Surroundings } from '../load-rest.ts';

/** Lets the panel, and the launcher, look and speak as `configuration` says. Nothing that was written or said is lost. */
export function takeOver(
  { chat, hostPage }: Pick<Surroundings, 'chat' | 'hostPage'>,
  page: Document,
  configuration: Configuration,
): void {
  const { locale, texts } = configuration;
  chat.configuration.value = configuration;
  page.documentElement.lang = locale;
  page.documentElement.dir = textDirection(locale);
  page.title = texts.name;
  hostPage.showLook(launcherLookOf(configuration));
}
