import { AppError } from '../../errors.ts';
import { defineRoute, type Route } from '../guarded-router.ts';
import { requireNoQuery } from '../parse-query.ts';
import { describeIsolation, type Installation } from '../policy/isolation-document.ts';
import { answerPublished, type Published } from '../published-answer.ts';
import { SECURITY_TEXT_PATH, type SecurityContact, securityText } from '../security-text.ts';

type Dependencies = {
  readonly installation: Installation;
  /** All routes there are, these included. */
  readonly listRoutes: () => readonly Route[];
  /** Absent if nobody is to be told. */
  readonly security: SecurityContact | undefined;
  readonly now: () => Date;
};

/** What an installation says of itself to whoever checks it (RFC 8615), the same to everybody. */
export function createWellKnownRoutes({ installation, listRoutes, security, now }: Dependencies): readonly Route[] {
  let published: Published | undefined;

  return [
    defineRoute({
      method: 'GET',
      path: '/.well-known/widget-isolation.json',
      guard: 'public',
      answers: ['published-json'],
      handle(ctx) {
        requireNoQuery(ctx);
        published ??= {
          contentType: 'application/json; charset=utf-8',
          body: JSON.stringify(describeIsolation(installation, listRoutes())),
        };
        answerPublished(ctx, published);
      },
    }),
    defineRoute({
      method: 'GET',
      path: SECURITY_TEXT_PATH,
      guard: 'public',
      answers: ['published-text'],
      handle(ctx) {
        requireNoQuery(ctx);
        if (security === undefined) throw new AppError('NOT_FOUND');
        answerPublished(ctx, { contentType: 'text/plain; charset=utf-8', body: securityText(security, now()) });
      },
    }),
  ];
}
