import { API_BASE } from '../../../shared/api-path.ts';
import { requireAdminWidget } from '../../domain/admin-widget.ts';
import type { EmbedAttempts } from '../../domain/embed-attempts.ts';
import type { Limits } from '../../domain/limits.ts';
import type { ReportSampler } from '../../domain/report-sampler.ts';
import { parseAdminQuery } from '../admin-query.ts';
import { defineAdminRoute, defineRoute, type Route } from '../guarded-router.ts';
import { requireNoQuery } from '../parse-query.ts';
import { peerNetwork } from '../peer-network.ts';
import { readViolations } from '../read-violations.ts';
import { refererOrigin } from '../refused-embeds.ts';
import type { RouteContext } from '../request-state.ts';

type Dependencies = {
  readonly attempts: Pick<EmbedAttempts, 'note' | 'list'>;
  readonly limits: Pick<Limits, 'require'>;
  readonly sampler: ReportSampler;
};

const PATH = `${API_BASE}/reports`;

/** What browsers report about the frame, and who may read it. */
export function createReportRoutes({ attempts, limits, sampler }: Dependencies): readonly Route[] {
  async function takeReport(ctx: RouteContext): Promise<void> {
    requireNoQuery(ctx);
    await limits.require('reports', { address: peerNetwork(ctx), everyone: '' });
    ctx.status = 204;
    const weight = sampler();
    if (weight === 0) {
      // Nobody reads the body, so the connection cannot be used again.
      ctx.set('Connection', 'close');
      return;
    }
    // A browser hides who has tried to show us in the report itself, and names them in the referrer.
    const embedder = refererOrigin(ctx);
    for (const { publicKey, directive, blocked } of await readViolations(ctx)) {
      await attempts.note({ publicKey, what: directive, embedder, blocked, weight });
    }
  }

  return [
    defineRoute({ method: 'POST', path: PATH, guard: 'public', answers: ['nothing'], handle: takeReport }),
    defineAdminRoute({
      method: 'GET',
      path: PATH,
      permission: 'analytics:read',
      async handle(ctx, caller) {
        parseAdminQuery(ctx, {});
        const { id } = await requireAdminWidget(caller);
        ctx.body = await attempts.list(id);
      },
    }),
  ];
}
