import type { DefaultContextExtends, ParameterizedContext } from 'koa';
import type { Logger } from 'pino';

/** What the first middleware puts into `ctx.state`. The log line of everything written through `log` carries the id. */
export type RequestState = { requestId: string; log: Logger };

export type RequestContext = ParameterizedContext<RequestState, DefaultContextExtends>;

/** A request that matched a route; `params` are the named parts of its path. */
export type RouteContext = RequestContext & { params: Record<string, string> };
