import { compileExpression, type ExpressionOptions } from './aggregate/compile-expression.ts';
import { isNumeric } from './bson-value/bson-type.ts';
import { type Document, isDocument } from './bson-value/document.ts';
import { MongoError, notImplemented } from './errors.ts';
import { isTruthy } from './match/value-operators.ts';
import { type ArrayProjection, compileElemMatch, compileSlice, takePositional } from './project-array.ts';

/** What a projection does with one field. */
export type ProjectionLeaf =
  | { kind: 'include' | 'exclude' }
  | { kind: 'compute'; evaluate(document: Document): unknown }
  | { kind: 'array'; operator: '$slice' | '$elemMatch' | '$'; project: ArrayProjection };

export type ProjectionBranch = { kind: 'branch'; fields: Map<string, ProjectionNode> };
export type ProjectionNode = ProjectionLeaf | ProjectionBranch;

/** `find` knows `$slice`, `$elemMatch` and `a.$`; in an aggregation every document with a `$` is an expression. */
export type ProjectionDialect = 'find' | 'aggregate';

export type ParseOptions = ExpressionOptions & { dialect: ProjectionDialect };

/** Parses a projection into a tree by field. Throws Location31249/31250 for paths that collide. */
export function parseProjectionTree(spec: Document, options: ParseOptions): ProjectionBranch {
  const root: ProjectionBranch = { kind: 'branch', fields: new Map() };
  for (const [path, value] of Object.entries(spec)) addPath(root, { path, value }, options);
  return root;
}

/** All leaves under a branch with their paths. */
export function leavesOf(branch: ProjectionBranch, prefix = ''): { path: string; leaf: ProjectionLeaf }[] {
  return [...branch.fields].flatMap(([name, node]) =>
    node.kind === 'branch' ? leavesOf(node, `${prefix}${name}.`) : [{ path: prefix + name, leaf: node }],
  );
}

type Entry = { path: string; value: unknown };

function addPath(root: ProjectionBranch, { path, value }: Entry, options: ParseOptions): void {
  const isPositional = options.dialect === 'find' && path.endsWith('.$');
  const field = isPositional ? path.slice(0, -2) : path;
  if (isNestedSpec(value)) {
    if (Object.keys(value).length === 0) {
      throw new MongoError(
        'Location51270',
        `An empty sub-projection is not a valid value. Found empty object at path ${path}`,
      );
    }
    for (const [name, inner] of Object.entries(value))
      addPath(root, { path: `${path}.${name}`, value: inner }, options);
    return;
  }
  if (isPositional && !isInclusion(value)) {
    throw new MongoError(
      'Location31395',
      `positional projection cannot be used with exclusion or an expression: ${path}`,
    );
  }
  const leaf: ProjectionLeaf = isPositional
    ? { kind: 'array', operator: '$', project: takePositional }
    : parseLeaf(field, value, options);
  addLeaf(root, field, leaf);
}

function addLeaf(root: ProjectionBranch, path: string, leaf: ProjectionLeaf): void {
  const names = path.split('.');
  let branch = root;
  for (const [at, name] of names.entries()) {
    assertFieldName(name, path);
    const existing = branch.fields.get(name);
    if (at === names.length - 1) {
      if (existing !== undefined) throw new MongoError('Location31250', `Path collision at ${path}`);
      branch.fields.set(name, leaf);
      return;
    }
    const next: ProjectionNode = existing ?? { kind: 'branch', fields: new Map() };
    if (next.kind !== 'branch') {
      const rest = names.slice(at + 1).join('.');
      throw new MongoError('Location31249', `Path collision at ${path} remaining portion ${rest}`);
    }
    branch.fields.set(name, next);
    branch = next;
  }
}

function parseLeaf(path: string, value: unknown, options: ParseOptions): ProjectionLeaf {
  if (typeof value === 'boolean' || isNumeric(value)) return { kind: isTruthy(value) ? 'include' : 'exclude' };
  if (options.dialect === 'find' && isDocument(value)) {
    if (Object.hasOwn(value, '$slice'))
      return { kind: 'array', operator: '$slice', project: compileSlice(value.$slice) };
    if (Object.hasOwn(value, '$elemMatch')) {
      return { kind: 'array', operator: '$elemMatch', project: compileElemMatch(path, value.$elemMatch, options) };
    }
  }
  if (isDocument(value) && Object.hasOwn(value, '$meta')) throw notImplemented('the projection operator $meta');
  return { kind: 'compute', evaluate: compileExpression(value, options) };
}

function isNestedSpec(value: unknown): value is Document {
  return isDocument(value) && Object.keys(value)[0]?.startsWith('$') !== true;
}

function isInclusion(value: unknown): boolean {
  return (typeof value === 'boolean' || isNumeric(value)) && isTruthy(value);
}

function assertFieldName(name: string, path: string): void {
  if (name === '') throw new MongoError('Location40352', `FieldPath field names may not be empty strings: '${path}'`);
  if (name.startsWith('$')) {
    throw new MongoError('Location16410', `FieldPath field names may not start with '$': '${path}'`);
  }
}
