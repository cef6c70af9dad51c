import { join } from 'node:path';
import type { Origin } from '../../shared/origin.ts';
import type { PublicKey } from '../../shared/public-key.ts';
import type { Config } from '../config.ts';
import type { SaveParts } from '../domain/settings-save.ts';
import type { HttpListener } from '../http-listener.ts';
import { createShop } from './create-shop.ts';
import { seedDemoKnowledge } from './seed-demo-knowledge.ts';
import { seedDemoWidget } from './seed-demo-widget.ts';

export type Demo = { readonly origin: Origin; readonly publicKey: PublicKey };

type DemoParts = {
  readonly config: Pick<Config, 'demo' | 'widgetOrigin'>;
  readonly repository: string;
  readonly listener: HttpListener;
  readonly saveParts: SaveParts;
};

/** Seeds the demo widget and its knowledge, and opens the shop it is on. */
export async function startDemo({ config, repository, listener, saveParts }: DemoParts): Promise<Demo | undefined> {
  if (config.demo === undefined) return undefined;
  const { origin } = config.demo;
  const { id, publicKey } = await seedDemoWidget(origin, saveParts);
  await seedDemoKnowledge(id, repository);
  const { widgetOrigin } = config;
  listener.serve(await createShop({ directory: join(repository, 'server/demo/shop'), widgetOrigin, publicKey }));
  return { origin, publicKey };
}
