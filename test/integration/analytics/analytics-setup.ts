import * as v from 'valibot';
import { type Analytics, analyticsSchema } from '../../../shared/analytics-api.ts';
import type { Role } from '../../../shared/permission.ts';
import { type AdminAnswer, askAdmin } from '../../support/admin-api.ts';
import type { Casement, NewWidget } from '../../support/start-casement.ts';

export const SHOP = 'https://shop.example';
export const BLOG = 'https://blog.example';

export type Watched = {
  readonly publicKey: string;
  readonly id: string;
  readonly companyId: string;
  /** Asks the admin API for the widget. */
  ask(path: string, role?: Role): Promise<AdminAnswer>;
  analytics(query?: string): Promise<Analytics>;
};

/** A widget of its own company on two sites, and the way to what was counted of it. */
export async function createWatched(casement: Casement, over: Partial<NewWidget> = {}): Promise<Watched> {
  const { widget, publicKey } = await casement.createWidget({ allowlist: [SHOP, BLOG], ...over });
  const ask = (path: string, role: Role = 'viewer') =>
    askAdmin(casement, { company: widget.companyId, role }, { path });
  return {
    publicKey,
    id: widget.id,
    companyId: widget.companyId,
    ask,
    async analytics(query = '') {
      const { status, body, json } = await ask(`/analytics${query}`);
      if (status !== 200) throw new Error(`No analytics: ${body}`);
      return v.parse(analyticsSchema, json);
    },
  };
}
