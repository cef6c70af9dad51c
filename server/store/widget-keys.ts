import { trusted } from 'mongoose';
import type { PublicKey } from '../../shared/public-key.ts';
import type { Widget } from '../domain/widget.ts';
import { WidgetSettingsModel } from './widget-settings.ts';

/**
 * Replaces the keys of a widget if they are still those of `keysRevision`: of many who change them at once exactly one is
 * answered `true`. The settings beside them are left as they are.
 */
export async function replaceKeys({
  id,
  keysRevision,
  keys,
  secretKeys,
}: Pick<Widget, 'id' | 'keysRevision' | 'keys' | 'secretKeys'>): Promise<boolean> {
  const { matchedCount } = await WidgetSettingsModel.updateOne(
    // Documents from before there were revisions have none.
    { _id: id, keysRevision: keysRevision === 0 ? trusted({ $in: [0, null] }) : keysRevision },
    { $set: { keys: [...keys], secretKeys: [...secretKeys], keysRevision: keysRevision + 1 } },
    { runValidators: true },
  );
  return matchedCount === 1;
}

/** Says that a widget is as it was when it says the same; for each of these keys that exists. */
export async function findRevisions(publicKeys: readonly PublicKey[]): Promise<ReadonlyMap<string, string>> {
  const found = await WidgetSettingsModel.find(
    { 'keys.publicKey': trusted({ $in: publicKeys }) },
    { keys: 1, keysRevision: 1, version: 1 },
  ).lean<Partial<Pick<Widget, 'keys' | 'keysRevision' | 'version'>>[]>();
  return new Map(
    found.flatMap(({ keys = [], keysRevision = 0, version = 0 }) =>
      keys.map(({ publicKey }) => [publicKey, revisionOf({ keysRevision, version })] as const),
    ),
  );
}

/** What {@link findRevisions} says of a widget. */
export function revisionOf({ keysRevision, version }: Pick<Widget, 'keysRevision' | 'version'>): string {
  return `${keysRevision} ${version}`;
}
