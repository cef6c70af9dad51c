import { MongoError } from '../errors.ts';

/** One step of an update path: a field or index, the matched element `$`, all elements `$[]`, or filtered ones `$[id]`. */
export type PathStep =
  | { kind: 'name'; name: string }
  | { kind: 'matched' }
  | { kind: 'all' }
  | { kind: 'filtered'; identifier: string };

export type UpdatePath = { text: string; steps: readonly PathStep[] };

const DBREF_NAMES = new Set(['$ref', '$id', '$db']);

/** Parses `a.$[x].b`. Throws EmptyFieldName, DollarPrefixedFieldName, or BadValue for a misplaced positional operator. */
export function parseUpdatePath(text: string): UpdatePath {
  const names = text.split('.');
  if (names.includes('')) {
    throw new MongoError(
      'EmptyFieldName',
      `The update path '${text}' contains an empty field name, which is not allowed.`,
    );
  }
  const steps = names.map((name) => parseStep(name, text));
  if (steps[0]?.kind !== 'name') {
    throw new MongoError(
      'BadValue',
      `Cannot have positional (i.e. '$') element in the first position in path '${text}'`,
    );
  }
  if (steps.filter((step) => step.kind === 'matched').length > 1) {
    throw new MongoError('BadValue', `Too many positional (i.e. '$') elements found in path '${text}'`);
  }
  return { text, steps };
}

/** The order in which MongoDB applies and adds fields: names lexicographically, numbers by value. */
export function comparePaths(a: string, b: string): number {
  const namesA = a.split('.');
  const namesB = b.split('.');
  for (const [at, nameA] of namesA.entries()) {
    const nameB = namesB[at];
    if (nameB === undefined) return 1;
    if (nameA !== nameB) return compareNames(nameA, nameB);
  }
  return namesA.length - namesB.length;
}

/** Collects paths of one update and throws ConflictingUpdateOperators (40) when one equals or contains another. */
export function createConflictGuard(): (path: readonly string[]) => void {
  const root: Branch = { children: new Map(), isTarget: false };
  return (path) => {
    let branch = root;
    for (const [at, name] of path.entries()) {
      const next = branch.children.get(name) ?? { children: new Map(), isTarget: false };
      branch.children.set(name, next);
      branch = next;
      if (branch.isTarget) throw conflict(path, path.slice(0, at + 1));
    }
    if (branch.children.size > 0) throw conflict(path, path);
    branch.isTarget = true;
  };
}

type Branch = { children: Map<string, Branch>; isTarget: boolean };

function conflict(path: readonly string[], at: readonly string[]): MongoError {
  const message = `Updating the path '${path.join('.')}' would create a conflict at '${at.join('.')}'`;
  return new MongoError('ConflictingUpdateOperators', message);
}

function parseStep(name: string, text: string): PathStep {
  if (!name.startsWith('$') || DBREF_NAMES.has(name)) return { kind: 'name', name };
  if (name === '$') return { kind: 'matched' };
  if (name === '$[]') return { kind: 'all' };
  const identifier = /^\$\[([a-z][a-zA-Z0-9]*)\]$/.exec(name)?.[1];
  if (identifier !== undefined) return { kind: 'filtered', identifier };
  throw new MongoError(
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${name}' in '${text}' is not allowed in an update path`,
  );
}

function compareNames(a: string, b: string): number {
  const isNumber = /^\d+$/;
  if (isNumber.test(a) && isNumber.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : 1;
}
