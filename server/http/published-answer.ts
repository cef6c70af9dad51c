import { createHash } from 'node:crypto';
import type { RequestContext } from './request-state.ts';

/** A text that is the same for everybody who asks, and that anybody may keep for a while. */
export type Published = { readonly contentType: string; readonly body: string };

/** The headers of what is published. */
export function publishedHeaders({ contentType, etag }: { readonly contentType: string; readonly etag: string }) {
  return { 'Content-Type': contentType, 'Cache-Control': 'public, max-age=300', ETag: etag };
}

/** Answers `published`, with an ETag of its bytes and 304 to whoever has them. */
export function answerPublished(ctx: RequestContext, { contentType, body }: Published): void {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  ctx.status = 200;
  ctx.set(publishedHeaders({ contentType, etag: `"${digest}"` }));
  if (ctx.fresh) ctx.status = 304;
  else ctx.body = body;
}
