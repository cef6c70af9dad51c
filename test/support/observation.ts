import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Something a test saw from outside: a request and its answer, a line of a console, a dialog. */
export type Observation = {
  readonly kind: 'exchange' | 'console' | 'happening';
  readonly text: string;
};

let listener: ((observation: Observation) => void) | undefined;

/** Tells whoever audits; without an audit nobody listens and nothing is kept. */
export function observe(kind: Observation['kind'], describe: () => string): void {
  listener?.({ kind, text: describe() });
}

/** Hears every observation of this test file from now on. */
export function listenToObservations(listen: (observation: Observation) => void): void {
  listener = listen;
}

type Headers = IncomingHttpHeaders | OutgoingHttpHeaders;

/** A request to a Casement under test, by whatever way, and the head of its answer. */
export type ObservedExchange = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly status: number;
  readonly answerHeaders: Headers;
};

const TOLD_OF_REQUEST = ['host', 'origin', 'referer', 'sec-fetch-dest', 'sec-fetch-site', 'sec-purpose'];
const TOLD_OF_ANSWER = /^(access-control-|content-security-policy|set-cookie|location|retry-after)/;

/** Tells of an exchange; see {@link observationOf}. */
export function observeExchange(exchange: ObservedExchange): void {
  observe('exchange', () => observationOf(exchange).text);
}

/** The line of the request, where it says it comes from, and of the answer what bears on isolation. */
export function observationOf({ method, path, headers, status, answerHeaders }: ObservedExchange): Observation {
  const asked = TOLD_OF_REQUEST.filter((name) => headers[name] !== undefined);
  const answered = Object.keys(answerHeaders).filter((name) => TOLD_OF_ANSWER.test(name));
  const said = asked.map((name) => `${name}: ${headers[name]}`).join(', ');
  const told = answered.map((name) => `${name}: ${answerHeaders[name]}`).join(', ');
  const shown = path.length > 300 ? `${path.slice(0, 300)}… (${path.length} characters)` : path;
  const text = `${method} ${shown}${said && ` [${said}]`} -> ${status}${told && ` [${told}]`}`;
  return { kind: 'exchange', text };
}
