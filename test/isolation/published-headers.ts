import type { AnswerDescription, IsolationDocument } from '../../shared/isolation-document.ts';
import type { RawAnswer } from '../support/raw-http.ts';

/** What HTTP itself and the connection need. */
const TRANSPORT = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];

/** Told by the inventory of cookies, not by the headers of an answer. */
const COOKIE = 'set-cookie';

type Header = readonly [name: string, value: string];

/**
 * What is wrong with an answer by what is published about its kind, as sentences: a header that is missing, one too many,
 * or one with another value.
 */
export function findDrift(answer: RawAnswer, { always, sometimes }: AnswerDescription): string[] {
  const observed = observedHeaders(answer);
  const promised = toHeaders(always);
  const possible = toHeaders(sometimes);
  const missing = promised.filter(
    ([name, template]) => !observed.some(([other, value]) => other === name && matches(value, template)),
  );
  const unknown = observed.filter(
    ([name, value]) => ![...promised, ...possible].some(([other, text]) => other === name && matches(value, text)),
  );
  return [
    ...missing.map(([name, template]) => `"${name}" is not "${template}"`),
    ...unknown.map(([name, value]) => `"${name}: ${value}" is not published`),
  ];
}

/** The kind of those that are published for the route which the answer is of, or what is wrong with it by each kind. */
export function kindOf(answer: RawAnswer, kinds: readonly string[], { answers }: IsolationDocument): string {
  const drifts = kinds.map((kind) => {
    const description = answers[kind];
    return description === undefined ? [`there is no kind "${kind}"`] : findDrift(answer, description);
  });
  const index = drifts.findIndex((drift) => drift.length === 0);
  return kinds[index] ?? drifts.map((drift, at) => `${kinds[at]}: ${drift.join(', ')}`).join('; ');
}

function observedHeaders({ rawHeaders }: RawAnswer): Header[] {
  return rawHeaders
    .flatMap((name, index): Header[] => (index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? '']] : []))
    .filter(([name]) => !TRANSPORT.includes(name) && name !== COOKIE);
}

function toHeaders(published: AnswerDescription['always']): Header[] {
  return Object.entries(published).flatMap(([name, value]) =>
    [value].flat().map((text): Header => [name.toLowerCase(), text]),
  );
}

/** Whether `value` is `template` with something in place of each `{...}`. */
export function matches(value: string, template: string): boolean {
  const parts = template.split(/\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`).test(value);
}
