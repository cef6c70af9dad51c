import { API_BASE } from '../../../shared/api-path.ts';
import type { ConfigurationAnswer } from '../../../shared/configuration.ts';
import { launcherLookOf } from '../../../shared/launcher-look.ts';
import type { PublicKey } from '../../../shared/public-key.ts';
import { closestLocale, configurationOf } from '../../../shared/settings.ts';
import { SIGNATURE_HEADER } from '../../../shared/signature.ts';
import type { AnalyticsCounts } from '../../domain/analytics.ts';
import type { SecretKeyRing } from '../../domain/secret-key.ts';
import type { ConfigurationReader, Widget } from '../../domain/widget.ts';
import { configurationHeaders } from '../configuration-headers.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import type { QuickConfigurations } from '../quick-configurations.ts';
import { createSignedAnswers, type SignedAnswers } from '../signed-answer.ts';

const PATH = `${API_BASE}/config`;

type Dependencies = {
  readonly keyRing: SecretKeyRing;
  readonly analytics: Pick<AnalyticsCounts, 'count'>;
  readonly quick: Pick<QuickConfigurations, 'remember'>;
  readonly now: () => Date;
};

/**
 * `GET /config?key=`: what a site on the allowlist, or a backend of the company, may know of a widget. It answers CORS, to
 * exactly that site. A 304 carries the signature of what it stands for, so that a copy in a cache is as good as new.
 */
export function createConfigRoutes({ keyRing, analytics, quick, now }: Dependencies): readonly Route[] {
  const answers = new WeakMap<Widget, Map<string, SignedAnswers>>();

  function answersFor({ widget, publicKey, languages }: ConfigurationReader): SignedAnswers {
    const locale = closestLocale(widget.settings, languages);
    const ofWidget = answers.get(widget) ?? new Map<string, SignedAnswers>();
    const name = `${publicKey} ${locale}`;
    const known = ofWidget.get(name);
    if (known !== undefined) return known;
    const body = JSON.stringify(presentConfiguration(widget, publicKey, locale));
    const made = createSignedAnswers({ path: PATH, body, findKeys: () => keyRing.liveKeys(widget, 'signing') });
    answers.set(widget, ofWidget.set(name, made));
    return made;
  }

  return [
    defineRoute({
      method: 'GET',
      path: PATH,
      guard: 'reader',
      answers: ['configuration', 'configuration-for-backend'],
      handle(ctx, reader) {
        const { widget, origin } = reader;
        analytics.count(widget.id, origin ?? '', 'configurations');
        const answer = answersFor(reader);
        const signature = answer.signatureAt(now());
        ctx.status = 200;
        ctx.set(configurationHeaders({ origin, etag: answer.etag }));
        if (signature !== undefined) ctx.set(SIGNATURE_HEADER, signature);
        quick.remember(ctx.req, reader, answer);
        if (ctx.fresh) ctx.status = 304;
        else ctx.body = answer.body;
      },
    }),
  ];
}

function presentConfiguration(widget: Widget, publicKey: PublicKey, locale: string): ConfigurationAnswer {
  const configuration = configurationOf(widget.settings, widget.version, locale);
  const key = widget.keys.find((candidate) => candidate.publicKey === publicKey);
  return {
    configuration,
    key: {
      state: key?.state === 'retiring' ? 'retiring' : 'active',
      ...(key?.state === 'retiring' && key.retiringUntil && { retiringUntil: key.retiringUntil.toISOString() }),
    },
    look: launcherLookOf(configuration),
  };
}
