import type { Analytics } from '../../../../shared/analytics-api.ts';
import { sentenceOf } from '../../api/admin-api-error.ts';
import { downloadFile } from '../../ui/download.ts';
import type { View } from '../../view.ts';
import { MEASURES } from './measures.ts';

/** Saves the hours or days of the period, or its sites, as a CSV file. */
export async function downloadCsv(view: View, now: Analytics, what: 'series' | 'sites'): Promise<void> {
  try {
    const { toCsv } = await view.importLater('csv', () => import('./csv.ts'));
    const headings = [what === 'series' ? 'Time' : 'Site', ...MEASURES.map(({ label }) => label)];
    const lines =
      what === 'series'
        ? now.series.map(({ at, counts }) => [at, ...MEASURES.map(({ of }) => of(counts))])
        : now.origins.map(({ origin, counts }) => [origin || 'other', ...MEASURES.map(({ of }) => of(counts))]);
    const day = new Date(view.now()).toISOString().slice(0, 10);
    downloadFile(`analytics-${what}-${day}.csv`, toCsv(headings, lines));
  } catch (error) {
    view.notify(sentenceOf(error), { tone: 'danger' });
  }
}
