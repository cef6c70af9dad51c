import { isDeepStrictEqual } from 'node:util';
import type { Origin } from '../../../shared/origin.ts';
import type { PublicKey } from '../../../shared/public-key.ts';
import { observationOf } from '../../support/observation.ts';
import type { Evidence, ObservedAssertion } from '../evidence.ts';
import { type DeploymentAnswer, type DeploymentRequest, requestDeployment } from './deployment-request.ts';

export type Deployment = {
  /** The widget origin. */
  readonly target: Origin;
  readonly key: PublicKey;
  /** A site on the allowlist, if the auditor knows one. */
  readonly listedSite?: Origin;
};

/** What a check looks through: it asks, holds what it sees against what was promised, and keeps all of it. */
export type Probe = Deployment & {
  ask(request: DeploymentRequest): Promise<DeploymentAnswer>;
  /** Notes what a browser showed. */
  note(line: string): void;
  /** Throws an Error that says both if `observed` is not `expected`. */
  hold(what: string, observed: unknown, expected: unknown): void;
  evidence(): Evidence;
};

/** One thing that is tried from outside. Its name says which cases it is a part of. */
export type Check = {
  readonly name: string;
  readonly run: (probe: Probe) => Promise<void>;
};

export function createProbe(deployment: Deployment): Probe {
  const assertions: ObservedAssertion[] = [];
  const observations: Evidence['observations'][number][] = [];
  return {
    ...deployment,
    async ask(request) {
      const answer = await requestDeployment(deployment.target, request);
      const { method = 'GET', path, headers = {} } = request;
      const exchange = { method, path, headers, status: answer.status, answerHeaders: answer.headers };
      observations.push(observationOf(exchange));
      return answer;
    },
    note(text) {
      observations.push({ kind: 'happening', text });
    },
    hold(what, observed, expected) {
      if (!isDeepStrictEqual(observed, expected)) {
        throw new Error(`${what}: observed ${show(observed)}, expected ${show(expected)}`);
      }
      assertions.push({ matcher: 'is', observed: `${what}: ${show(observed)}`, expected: [show(expected)] });
    },
    evidence: () => ({
      assertions,
      assertionCount: assertions.length,
      observations,
      observationCount: observations.length,
    }),
  };
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
