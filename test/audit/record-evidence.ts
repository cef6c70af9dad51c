// A setup file of `npm run audit`: keeps what every test saw, for the report. The tests know nothing of it.
import { inspect } from 'node:util';
import { afterEach, beforeEach, chai } from 'vitest';
import { listenToObservations, type Observation } from '../support/observation.ts';
import type { ObservedAssertion } from './evidence.ts';

const MOST = 60;
const MATCHERS = /^to(?!Satisfy$|String$)[A-Z]/;

let assertions: ObservedAssertion[] = [];
let assertionCount = 0;
let observations: Observation[] = [];
let observationCount = 0;

listenToObservations((observation) => {
  if (++observationCount <= MOST) observations.push(observation);
});

const { prototype } = chai.Assertion;
for (const name of Object.getOwnPropertyNames(prototype).filter((property) => MATCHERS.test(property))) {
  const original: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
  if (typeof original !== 'function') continue;
  const recorded = function recorded(this: Chai.AssertionStatic, ...expected: unknown[]): unknown {
    const answer: unknown = Reflect.apply(original, this, expected);
    if (++assertionCount <= MOST) {
      const matcher = chai.util.flag(this, 'negate') ? `not.${name}` : name;
      assertions.push({ matcher, observed: show(chai.util.flag(this, 'object')), expected: expected.map(show) });
    }
    return answer;
  };
  Object.defineProperty(prototype, name, { value: recorded, configurable: true, writable: true });
}

beforeEach(() => {
  assertions = [];
  assertionCount = 0;
  observations = [];
  observationCount = 0;
});

afterEach(({ task }) => {
  task.meta.evidence = { assertions, assertionCount, observations, observationCount };
});

function show(value: unknown): string {
  const options = { depth: 4, maxArrayLength: 20, maxStringLength: 300, breakLength: 120, getters: false };
  const text = inspect(value, options);
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
