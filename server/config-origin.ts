import { hostOf, type Origin, parseOrigin } from '../shared/origin.ts';

/** `*.localhost` names are loopback, secure contexts and sites of their own in every browser. */
export function localOrigin(name: string, port: number): Origin {
  const origin = parseOrigin(`http://${name}.localhost${port === 80 ? '' : `:${port}`}`);
  if (origin === undefined) throw new RangeError(`"${name}" is not a host name`);
  return origin;
}

export function portOf(origin: Origin): number {
  const port = origin.slice(origin.indexOf(hostOf(origin)) + hostOf(origin).length + 1);
  if (port !== '') return Number(port);
  return origin.startsWith('https:') ? 443 : 80;
}
