import * as v from 'valibot';
import { localeSchema } from '../../shared/configuration.ts';
import { type Origin, parseOrigin } from '../../shared/origin.ts';
import { type PublicKey, parsePublicKey } from '../../shared/public-key.ts';
import { requirePermission } from '../domain/admin-caller.ts';
import type { AdminIdentity, AdminLogin } from '../domain/admin-login.ts';
import type { KeyUses } from '../domain/key-uses.ts';
import type { Sessions } from '../domain/sessions.ts';
import type { Widget } from '../domain/widget.ts';
import type { WidgetDirectory } from '../domain/widget-directory.ts';
import { AppError } from '../errors.ts';
import { identify } from './admin-guard.ts';
import { readBearerToken } from './bearer-token.ts';
import { readEmbedClaim } from './embed-claim.ts';
import type { Guards } from './guarded-router.ts';
import { parseQuery } from './parse-query.ts';
import type { RequestContext } from './request-state.ts';
import { wantedLanguages } from './wanted-languages.ts';

type Dependencies = {
  readonly widgetOrigin: Origin;
  readonly directory: WidgetDirectory;
  readonly sessions: Pick<Sessions, 'authenticate' | 'signingKeyOf'>;
  /** Absent if nobody can log in. */
  readonly adminLogin: AdminLogin | undefined;
  readonly admin: Guards['admin'];
  readonly dashboard: Guards['claimed-dashboard'];
  readonly preview: Guards['claimed-preview'];
  readonly keyUses: Pick<KeyUses, 'note'>;
};

/** Which configuration is asked for. */
export const keyQuerySchema = v.strictObject({
  l: v.optional(localeSchema),
  key: v.custom<PublicKey>((text) => parsePublicKey(text) !== undefined, 'a public key: a character is wrong'),
});

/** Who may call what. Each guard proves its caller from this request alone, or throws why not. */
export function createGuards({
  widgetOrigin,
  directory,
  sessions,
  adminLogin,
  admin,
  dashboard,
  preview,
  keyUses,
}: Dependencies): Guards {
  /** The widget of a live key, if it belongs to the company whose backend asks; no site has to be on a list for that. */
  async function findOwn(backend: AdminIdentity, publicKey: PublicKey): Promise<Widget | undefined> {
    requirePermission(backend, 'config:read');
    const widget = await directory.findLive(publicKey);
    return widget?.companyId === backend.companyId ? widget : undefined;
  }

  return {
    public: async () => undefined,
    admin,
    'claimed-dashboard': dashboard,
    'claimed-preview': preview,

    async reader(ctx) {
      const { key: publicKey, l: language } = parseQuery(ctx, keyQuerySchema);
      const isBackend = ctx.get('origin') === '' && ctx.get('authorization') !== '';
      const origin = parseOrigin(ctx.get('origin'));
      const widget = isBackend
        ? await findOwn(await identify(ctx, adminLogin), publicKey)
        : origin && (await directory.findEmbeddable(publicKey, origin));
      if (widget === undefined) throw new AppError('EMBED_REFUSED');
      if (origin !== undefined) keyUses.note(widget.id, publicKey, origin);
      return { widget, publicKey, origin, languages: wantedLanguages(ctx, language) };
    },

    async 'claimed-embedder'(ctx) {
      const claim = readEmbedClaim(ctx);
      const widget = claim && (await directory.findEmbeddable(claim.publicKey, claim.origin));
      if (claim === undefined || widget === undefined) throw new AppError('EMBED_REFUSED');
      keyUses.note(widget.id, claim.publicKey, claim.origin);
      return { widget, ...claim };
    },

    async frame(ctx) {
      requireOwnDocument(ctx, widgetOrigin);
      return undefined;
    },

    async visitor(ctx) {
      requireOwnDocument(ctx, widgetOrigin);
      const caller = await sessions.authenticate(requireBearerToken(ctx));
      if (caller.publicKey !== undefined) keyUses.note(caller.widget.id, caller.publicKey, caller.origin);
      ctx.state.findSigningKeys = () => [sessions.signingKeyOf(caller.sessionId)];
      return caller;
    },
  };
}

/**
 * Throws AppError `CROSS_SITE_REQUEST` unless a document of the widget origin asks. Browsers name the origin of every
 * request that can change something; a `GET` from the same origin carries none.
 */
function requireOwnDocument(ctx: RequestContext, widgetOrigin: Origin): void {
  const site = ctx.get('sec-fetch-site');
  const origin = ctx.get('origin');
  const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
  const isOwn = origin === widgetOrigin || (origin === '' && isRead);
  if (isOwn && (site === '' || site === 'same-origin')) return;
  const who = isOwn ? `A "${site}" page` : origin === '' ? 'A request without an origin' : `The origin "${origin}"`;
  throw new AppError('CROSS_SITE_REQUEST', { message: `${who} may not ask this; only the widget's own page may` });
}

/** The token of `Authorization: Bearer` (RFC 6750, 2.1); throws AppError `SESSION_MISSING` if there is none. */
export function requireBearerToken(ctx: RequestContext): string {
  const token = readBearerToken(ctx);
  if (token === undefined) throw new AppError('SESSION_MISSING');
  return token;
}
