import type { KeyReport, KeyTarget, RotationsAnswer } from '../../../../shared/keys-api.ts';
import { sentenceOf } from '../../api/admin-api-error.ts';
import { revokeKey } from '../../api/keys.ts';
import { getSettings } from '../../api/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Chip, Time } from '../../ui/marks.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import type { View } from '../../view.ts';
import { KEY_WORDS, shortKey } from './key-words.ts';

type Props = { readonly view: View; readonly target: KeyTarget; readonly answer: RotationsAnswer };

/** More than these are in the answer of the API. */
const MOST_SITES = 6;
const MOST_REVOKED = 3;

/** The keys of one kind: which works, who still uses it, and whether it can go. */
export function KeyTable({ view, target, answer }: Props) {
  const keys = answer.keys.filter((key) => key.target === target);
  const rows = [
    ...keys.filter(({ state }) => state !== 'revoked'),
    ...keys.filter(({ state }) => state === 'revoked').slice(0, MOST_REVOKED),
  ];
  const columns: readonly Column<KeyReport>[] = [
    {
      heading: 'Key',
      cell: ({ id }) => (
        <code class="short-key" title={id}>
          {shortKey(id)}
        </code>
      ),
    },
    { heading: 'State', cell: (key) => <State view={view} report={key} /> },
    ...(target === 'signing'
      ? []
      : [{ heading: 'Used by', cell: (key: KeyReport) => <UsedBy view={view} report={key} /> }]),
    ...(rows.some(({ state }) => state === 'retiring')
      ? [{ heading: 'Can it go?', cell: ({ state, why }: KeyReport) => (state === 'active' ? 'In use' : why) }]
      : []),
    { heading: 'Actions', isActions: true, cell: (key) => <Revoke view={view} report={key} answer={answer} /> },
  ];
  return <Table caption={KEY_WORDS[target].name} columns={columns} rows={rows} keyOf={({ id }) => id} />;
}

function State({ view, report }: { view: View; report: KeyReport }) {
  if (report.state === 'active') return <Chip tone="ok">Active</Chip>;
  if (report.state === 'revoked') return <Chip>Revoked</Chip>;
  if (report.safeToRevoke) return <Chip>Safe to revoke</Chip>;
  return (
    <Chip tone="warn">
      {report.retiringUntil === undefined ? (
        'Retiring'
      ) : (
        <span title={view.formats.value.exact(report.retiringUntil)}>
          Retires {view.formats.value.relative(report.retiringUntil)}
        </span>
      )}
    </Chip>
  );
}

function UsedBy({ view, report: { uses } }: { view: View; report: KeyReport }) {
  if (uses.length === 0) return <>Nobody in 90 days</>;
  return (
    <ul class="key-uses">
      {uses.slice(0, MOST_SITES).map(({ origin, lastUsedAt }) => (
        <li key={origin}>
          <span class="key-origin">{origin === '' ? 'Your backends' : origin}</span>{' '}
          <Time at={lastUsedAt} formats={view.formats} />
        </li>
      ))}
      {uses.length > MOST_SITES && <li>and {uses.length - MOST_SITES} more</li>}
    </ul>
  );
}

function Revoke({ view, report, answer }: { view: View; report: KeyReport; answer: RotationsAnswer }) {
  const rotation = answer.rotations.find(({ oldKeyId, hasEnded }) => oldKeyId === report.id && !hasEnded);
  if (report.state !== 'retiring' || rotation === undefined) return null;

  async function revoke(): Promise<void> {
    const isAgreed = await view.confirm({
      title: `Revoke ${shortKey(report.id)} now?`,
      body: `${report.why} ${KEY_WORDS[report.target].consequence} This cannot be taken back.`,
      action: 'Revoke now',
      isDangerous: true,
    });
    if (!isAgreed || rotation === undefined) return;
    try {
      await revokeKey(view.api, rotation.id);
      view.notify(`${KEY_WORDS[report.target].name} ${shortKey(report.id)} is revoked.`);
      getSettings(view.api).then(view.adopt, () => {});
    } catch (error) {
      view.notify(sentenceOf(error), { tone: 'danger' });
    }
    await view.resources.reload('rotations');
  }

  const reason = view.reasonAgainst(report.target === 'public' ? 'keys:rotate-public' : 'keys:rotate-secret');
  return (
    <Button onClick={() => void revoke()} reason={reason} label={`Revoke ${shortKey(report.id)}`}>
      {report.safeToRevoke ? 'Revoke' : 'Revoke now'}
    </Button>
  );
}
