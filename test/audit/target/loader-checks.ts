import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { FRAME_ATTRIBUTES } from '../../../shared/frame-element.ts';
import { isolationDocumentSchema } from '../../../shared/isolation-document.ts';
import type { DeploymentAnswer } from './deployment-request.ts';
import type { Check } from './probe.ts';
import { EVIL } from './refusals.ts';

/** The loader has to be the same bytes for everybody, which is what an embedder pins by its integrity. */
export const LOADER_CHECKS: readonly Check[] = [
  {
    name: 'case 71: the loader is the same bytes for everybody',
    async run(probe) {
      const first = await probe.ask({ path: '/loader.js' });
      probe.hold('status', first.status, 200);
      probe.hold('type', first.headers['content-type'], 'text/javascript; charset=utf-8');
      probe.hold('who may read it', first.headers['access-control-allow-origin'], '*');
      probe.hold('sniffing', first.headers['x-content-type-options'], 'nosniff');
      probe.hold('embedding', first.headers['cross-origin-resource-policy'], 'cross-origin');
      for (const headers of [{ origin: EVIL }, { referer: `${EVIL}/` }, { cookie: 'a=b' }, { 'user-agent': 'other' }]) {
        const again = await probe.ask({ path: '/loader.js', headers });
        probe.hold(`sha256 with ${JSON.stringify(headers)}`, digest(again), digest(first));
        probe.hold('cookies', again.headers['set-cookie'] ?? [], []);
        probe.hold(
          'varies by who asks',
          /\b(origin|referer|cookie|user-agent)\b/i.test(again.headers.vary ?? ''),
          false,
        );
      }
    },
  },
  {
    name: 'case 72: the deployment publishes its policy, for this origin and with this sandbox',
    async run(probe) {
      const { status, body } = await probe.ask({ path: '/.well-known/widget-isolation.json' });
      probe.hold('status', status, 200);
      const { origins, frames } = v.parse(isolationDocumentSchema, JSON.parse(String(body)));
      probe.hold('the widget origin', origins.widget, probe.target);
      probe.hold('admins have another origin', origins.settings !== probe.target, true);
      const chat = frames.find(({ path }) => path === '/frame/:key');
      probe.hold('tokens of the sandbox of the chat', chat?.attributes.sandbox.join(' '), FRAME_ATTRIBUTES.sandbox);
    },
  },
  {
    name: 'case 48: forwarded hosts change nothing',
    async run(probe) {
      const forged = {
        'x-forwarded-host': 'evil.invalid',
        forwarded: 'host=evil.invalid;proto=http',
        'x-original-host': 'evil.invalid',
      };
      const honest = await probe.ask({ path: '/loader.js' });
      const answer = await probe.ask({ path: '/loader.js', headers: forged });
      probe.hold('sha256 of the loader', digest(answer), digest(honest));
      const refusal = await probe.ask({ path: `/api/v1/widget/config?key=${probe.key}`, headers: forged });
      const said = `${refusal.body}${JSON.stringify(refusal.headers)}`;
      probe.hold('the forged host is in the answer', said.includes('evil.invalid'), false);
    },
  },
];

function digest({ body }: DeploymentAnswer): string {
  return createHash('sha256').update(body).digest('hex');
}
