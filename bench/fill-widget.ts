import { SEED } from '../server/demo/seed.ts';
import { findAdminWidget } from '../server/domain/admin-widget.ts';
import { saveSettings } from '../server/domain/settings-save.ts';
import { readSettings } from '../server/domain/settings-versions.ts';
import { measureArticles, putArticle } from '../server/store/knowledge.ts';
import type { Casement } from '../test/support/start-casement.ts';

const WORDS = ['orders', 'parcels', 'returns', 'vouchers', 'sizes', 'repairs', 'prices', 'payments', 'stores', 'boots'];

/** Gives the demo widget more versions and articles until it has as many, through the code that saves them. */
export async function fillWidget(casement: Casement, most: { versions: number; articles: number }): Promise<void> {
  const { saveParts } = casement.server;
  let { version, settings } = await readSettings(SEED, saveParts.widgetOrigin);
  while (version < most.versions) {
    const { greeting, ...texts } = settings.locales.en ?? {};
    const changed = {
      ...settings,
      theme: { ...settings.theme, radius: (version % 30) + 4 },
      locales: {
        ...settings.locales,
        en: { ...texts, greeting: `${greeting?.split(',')[0]}, as of week ${version}?` },
      },
    };
    const saved = await saveSettings(
      SEED,
      { expectedVersion: version, settings: changed, note: `Week ${version}` },
      saveParts,
    );
    ({ version, settings } = saved);
  }

  const widget = await findAdminWidget(SEED);
  if (widget === undefined) throw new Error('There is no demo widget');
  const { articles } = await measureArticles(widget.id);
  const savedBy = { subject: 'ada', role: 'owner' } as const;
  for (let number = articles; number < most.articles; number++) {
    const subject = `${WORDS[number % 10]} and ${WORDS[(number * 7 + 3) % 10]}`;
    await putArticle(widget.id, {
      slug: `about-${number}`,
      title: `What to know about ${subject}, part ${number}`,
      body: `Here is what people ask about ${subject}. `.repeat(5),
      savedAt: new Date(Date.now() - number * 3_600_000),
      savedBy,
    });
  }
}
