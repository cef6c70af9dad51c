import type { IncomingMessage } from 'node:http';
import type { Middleware } from 'koa';
import { AppError } from '../errors.ts';
import type { RequestState } from './request-state.ts';
import { isHostOf, type ServerOrigins } from './surface.ts';

/** Headers that decide something. Given twice, a proxy before us and we could each go by another one. */
const DECIDING_HEADERS = new Set([
  'authorization',
  'content-length',
  'content-type',
  'host',
  'origin',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-site',
  'transfer-encoding',
]);

const HOST_SHAPE = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/**
 * Refuses with `INVALID_REQUEST` what two readers could understand differently: a deciding header that is given twice, a
 * `Host` that is none, and a request target that is not a path. The absolute form (RFC 9112, 3.2.2) is understood for
 * the origin that `Host` names. Nothing else is ever taken from `Host`: the own origins come from the configuration.
 */
export function unambiguousRequests({ widgetOrigin, settingsOrigin }: ServerOrigins): Middleware<RequestState> {
  const origins = [widgetOrigin, ...(settingsOrigin === undefined ? [] : [settingsOrigin])];
  return async function requireUnambiguousRequest(ctx, next) {
    const name = findRepeatedHeader(ctx.req);
    if (name !== undefined) throw new AppError('INVALID_REQUEST', { message: `The header "${name}" is given twice` });
    const host = ctx.req.headers.host ?? '';
    if (!HOST_SHAPE.test(host)) {
      throw new AppError('INVALID_REQUEST', { message: 'The header "host" is not a host' });
    }
    const own = origins.filter((origin) => isHostOf(host, origin));
    ctx.req.url = requirePath(ctx.req.url ?? '', own);
    await next();
  };
}

/** The name of a deciding header that the request has twice. */
export function findRepeatedHeader({ rawHeaders }: IncomingMessage): string | undefined {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (seen.has(name) && DECIDING_HEADERS.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

function requirePath(target: string, own: readonly string[]): string {
  const origin = own.find((candidate) => target.startsWith(`${candidate}/`)) ?? '';
  const path = target.slice(origin.length);
  if (!path.startsWith('/')) throw new AppError('INVALID_REQUEST', { message: 'The request target is not a path' });
  return path;
}
