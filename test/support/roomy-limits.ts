import { LIMIT_TABLE, type Limit, type LimitTable } from '../../server/domain/limit-table.ts';

const ROOM = 10_000;

/** The limits that hold for everybody, times ten thousand: for tests that ask more from one address than people do. */
export const ROOMY_LIMITS: LimitTable = {
  frame: roomy(LIMIT_TABLE.frame),
  config: roomy(LIMIT_TABLE.config),
  session: roomy(LIMIT_TABLE.session),
  chat: roomy(LIMIT_TABLE.chat),
  visitor: roomy(LIMIT_TABLE.visitor),
  reports: roomy(LIMIT_TABLE.reports),
  admin: roomy(LIMIT_TABLE.admin),
  'failed-login': roomy(LIMIT_TABLE['failed-login']),
};

function roomy(limits: Readonly<Record<string, Limit>>): Record<string, Limit> {
  return Object.fromEntries(
    Object.entries(limits).map(([subject, { most, seconds }]) => [subject, { most: most * ROOM, seconds }]),
  );
}
