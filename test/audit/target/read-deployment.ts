import { isLoopback, type Origin, parseOrigin } from '../../../shared/origin.ts';
import { parsePublicKey } from '../../../shared/public-key.ts';
import type { Deployment } from './probe.ts';

/** What the command was given. */
export type DeploymentWords = { readonly target: string; readonly key: string; readonly origin?: string | undefined };

/** Which deployment is meant. Throws a TypeError that quotes what cannot be meant. */
export function readDeployment({ target, key, origin }: DeploymentWords): Deployment {
  const widgetOrigin = readOrigin('--target', target);
  if (!widgetOrigin.startsWith('https://') && !isLoopback(widgetOrigin)) {
    throw new TypeError(`--target is "${target}", which is not https. Without TLS nothing else is worth an audit.`);
  }
  const publicKey = parsePublicKey(key);
  if (publicKey === undefined) throw new TypeError(`--key is "${key}", which is not a public key such as PUB_...`);
  return {
    target: widgetOrigin,
    key: publicKey,
    ...(origin !== undefined && { listedSite: readOrigin('--origin', origin) }),
  };
}

function readOrigin(name: string, text: string): Origin {
  const origin = parseOrigin(text);
  if (origin !== undefined) return origin;
  throw new TypeError(`${name} is "${text}", which is not an origin such as https://widget.example.com`);
}
