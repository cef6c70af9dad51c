import { AdminApiError, sentenceOf } from '../../api/admin-api-error.ts';
import { getSettings, restoreVersion } from '../../api/settings.ts';
import type { View } from '../../view.ts';

/** Asks, then makes the content of `version` the newest version. An unpublished draft stays on top of it. */
export async function restore(view: View, version: number): Promise<void> {
  const before = view.published.value.version;
  const isAgreed = await view.confirm({
    title: `Restore version ${version}?`,
    body: `Visitors get it within ten seconds, as version ${before + 1}. Nothing is deleted: version ${before} can be restored as well.`,
    action: 'Restore',
  });
  if (!isAgreed) return;
  try {
    const answer = await restoreVersion(view.api, version, {
      expectedVersion: before,
      note: `Version ${version} again`,
    });
    view.adopt(answer);
    view.notify(`Version ${version} is live again, as version ${answer.version}.`);
    view.go('history');
  } catch (error) {
    view.notify(sentenceOf(error), { tone: 'danger' });
    if (error instanceof AdminApiError && error.conflict !== undefined) await showNewest(view);
  }
}

/** The list then has what somebody published meanwhile, and the next try begins from it. */
async function showNewest(view: View): Promise<void> {
  // Without an answer the list stays as it is, and the next try is refused as this one was.
  await getSettings(view.api).then(view.adopt, () => {});
}
