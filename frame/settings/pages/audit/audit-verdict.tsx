import type { AuditVerification } from '../../../../shared/audit-api.ts';
import { verifyAuditLog } from '../../api/history.ts';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/marks.tsx';
import type { View } from '../../view.ts';

/** Whether the chain of the log holds, in words. */
export function AuditVerdict({ view }: { view: View }) {
  const { resources } = view;
  const verification = resources.use('audit-verification', () => verifyAuditLog(view.api)).value;
  const { answer } = verification;
  if (answer === undefined) {
    return <Loading resource={verification} rows={1} onRetry={() => void resources.reload('audit-verification')} />;
  }
  return (
    <Notice
      tone={answer.isIntact ? 'ok' : 'danger'}
      heading={answer.isIntact ? 'The log is as it was written' : 'The log was changed'}
    >
      {describe(answer, view.formats.value.number)}
    </Notice>
  );
}

function describe({ isIntact, checked, brokenAt, head }: AuditVerification, number: (value: number) => string) {
  if (!isIntact) {
    return `Entry ${brokenAt} is missing or not as it was written. The ${number(checked)} before it hold.`;
  }
  if (head === null) return 'It has no entry yet.';
  return (
    <>
      All {number(checked)} entries were checked just now, each with the hash of the one before. Entries cut off at the
      end would leave no trace: keep the last hash elsewhere from time to time. It is{' '}
      <code>{head.hash.slice(0, 16)}…</code> of entry {number(head.seq)}.
    </>
  );
}
