import { SignJWT } from 'jose';
import type { Widget } from '../../server/domain/widget.ts';
import type { PublicKey } from '../../shared/public-key.ts';
import { keysOf } from '../integration/keys/keys-setup.ts';
import { type FakeOpenAi, startFakeOpenAi } from './fake-openai.ts';
import { type HostileSites, startHostileSites } from './hostile-sites.ts';
import { type Casement, startCasement } from './start-casement.ts';

/** A shop with the widget on its pages, a backend that knows who its visitors are, and a model that repeats what it is asked. */
export type IdentityShop = {
  readonly casement: Casement;
  readonly sites: HostileSites;
  readonly fake: FakeOpenAi;
  readonly widget: Widget;
  readonly key: PublicKey;
  /** The address of a page with the snippet. */
  readonly page: string;
  /** What the backend says about who a visitor is; it is another token each time. */
  sign(subject: string, secret?: string): Promise<string>;
  stop(): Promise<void>;
};

/** Serves what `npm run build` wrote. */
export async function startIdentityShop(): Promise<IdentityShop> {
  const fake = await startFakeOpenAi();
  fake.answerWith((call) => {
    call.say(`You asked: ${call.request.messages.at(-1)?.content.split('\n').at(-1)}`);
    call.finish();
  });
  const sites = await startHostileSites();
  const model = { baseUrl: fake.baseUrl, apiKey: 'sk-test', name: 'fake' };
  const casement = await startCasement({ assets: 'built', config: { model } });
  const { widget, publicKey: key } = await casement.createWidget({ allowlist: [sites.origin('shop')] });
  const clock = { now: () => new Date() };
  const keys = keysOf({ casement, clock }, { company: widget.companyId });
  const ownSecret = (await keys.rotate('identity', { overlapSeconds: 0 })).key.secret ?? '';
  const script = `<script src="${casement.origin}/loader.js" data-key="${key}"></script>`;
  let signed = 0;
  return {
    casement,
    sites,
    fake,
    widget,
    key,
    page: sites.publish('shop', { body: `<!doctype html><html lang="en"><title>Shop</title><body>${script}` }),
    sign: (subject, secret = ownSecret) =>
      new SignJWT({ sub: subject, aud: key, jti: `${++signed}` })
        .setProtectedHeader({ alg: 'HS256' })
        .setExpirationTime('10m')
        .sign(new TextEncoder().encode(secret)),
    async stop() {
      await casement.stop();
      await sites.stop();
      await fake.stop();
    },
  };
}
