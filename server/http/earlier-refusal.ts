import type { IncomingMessage } from 'node:http';
import type { AppError } from '../errors.ts';

const refusals = new WeakMap<IncomingMessage, AppError>();

/** Keeps why a request is refused until its guard is asked, so that nothing is counted twice for it. */
export function keepRefusal(request: IncomingMessage, refusal: AppError): void {
  refusals.set(request, refusal);
}

/** Throws the AppError that was kept for this request, if there is one. */
export function throwEarlierRefusal(request: IncomingMessage): void {
  const refusal = refusals.get(request);
  if (refusal !== undefined) throw refusal;
}
