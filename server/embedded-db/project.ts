import { asDocument, type Document, getField, isDocument, setField } from './bson-value/document.ts';
import { MongoError } from './errors.ts';
import type { FilterOptions, MatchPosition } from './match/compile-filter.ts';
import {
  leavesOf,
  type ProjectionBranch,
  type ProjectionDialect,
  type ProjectionNode,
  parseProjectionTree,
} from './project-tree.ts';

/** A copy of the document with the fields asked for. `position` is what the filter reported, for `a.$`. */
export type Projection = (document: Document, position?: MatchPosition) => Document;

type Apply = { document: Document; position: MatchPosition | undefined; keepsOthers: boolean };

/**
 * Compiles a projection: inclusion (with `_id` unless it is excluded), exclusion, or computed fields; for a find also `$slice`,
 * `$elemMatch` and `a.$`. Included fields keep the document's order, computed ones follow. Throws Location31253/31254 when
 * inclusion and exclusion are mixed.
 */
export function compileProjection(
  spec: Document,
  options: FilterOptions = {},
  dialect: ProjectionDialect = 'find',
): Projection {
  const root = parseProjectionTree(spec, { ...options, dialect });
  const keepsOthers = !isInclusion(root);
  refuseMixture(root, keepsOthers);
  if (!keepsOthers && !root.fields.has('_id')) root.fields.set('_id', { kind: 'include' });
  return (document, position) => {
    const apply = { document, position, keepsOthers };
    return addComputed(copyFields(document, root, apply), root, apply);
  };
}

/** Compiles `$addFields`: every value is an expression, set on a copy of the document; one that is missing removes the field. */
export function compileAddFields(spec: Document, options: FilterOptions = {}): Projection {
  const literal = Object.entries(spec).map(([path, value]) => [path, asComputed(value)]);
  const root = parseProjectionTree(Object.fromEntries(literal), { ...options, dialect: 'aggregate' });
  return (document, position) => addComputed({ ...document }, root, { document, position, keepsOthers: true });
}

/** Numbers and booleans would read as inclusion; in `$addFields` they are values. */
function asComputed(value: unknown): unknown {
  if (!isDocument(value)) return Array.isArray(value) || typeof value === 'string' ? value : { $literal: value };
  const [first] = Object.keys(value);
  if (first === undefined || first.startsWith('$')) return first === undefined ? { $literal: {} } : value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asComputed(inner)]));
}

/** `_id` and array operators say nothing about the rest, unless nothing else is there. */
function isInclusion(root: ProjectionBranch): boolean {
  const leaves = leavesOf(root);
  const others = leaves.filter(({ path, leaf }) => path !== '_id' || leaf.kind === 'compute');
  const decisive = others.find(({ leaf }) => leaf.kind !== 'array' || leaf.operator === '$');
  if (decisive !== undefined) return decisive.leaf.kind !== 'exclude';
  if (others.length > 0) return others.some(({ leaf }) => leaf.kind === 'array' && leaf.operator === '$elemMatch');
  return leaves.some(({ leaf }) => leaf.kind === 'include');
}

function refuseMixture(root: ProjectionBranch, keepsOthers: boolean): void {
  for (const { path, leaf } of leavesOf(root)) {
    if (path === '_id') continue;
    if (keepsOthers && leaf.kind === 'include') {
      throw new MongoError('Location31253', `Cannot do inclusion on field ${path} in exclusion projection`);
    }
    if (!keepsOthers && leaf.kind === 'exclude') {
      throw new MongoError('Location31254', `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    if (keepsOthers && leaf.kind === 'compute') {
      throw new MongoError('Location31252', `Cannot use an expression on field ${path} in an exclusion projection`);
    }
  }
}

/** The fields that stay, in the order they have; computed ones and `$elemMatch` come later. */
function copyFields(source: Document, branch: ProjectionBranch, apply: Apply): Document {
  const result: Document = {};
  for (const [name, value] of Object.entries(source)) {
    const projected = copyField(value, branch.fields.get(name), apply);
    if (projected !== undefined) setField(result, name, projected);
  }
  return result;
}

function copyField(value: unknown, node: ProjectionNode | undefined, apply: Apply): unknown {
  if (node === undefined) return apply.keepsOthers ? value : undefined;
  switch (node.kind) {
    case 'include':
      return value;
    case 'exclude':
    case 'compute':
      return undefined;
    case 'array':
      return node.operator === '$elemMatch' ? undefined : node.project(value, apply.position);
    default:
      return copyBelow(value, node, apply);
  }
}

/** Below a path every document in an array is projected; an inclusion drops the elements that are none. */
function copyBelow(value: unknown, branch: ProjectionBranch, apply: Apply): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => copyBelow(element, branch, apply))
      .filter((element) => element !== undefined);
  }
  const document = asDocument(value);
  if (document !== undefined) return copyFields(document, branch, apply);
  return apply.keepsOthers ? value : undefined;
}

/** Sets computed fields on a copy made by `copyFields`. */
function addComputed(target: Document, branch: ProjectionBranch, apply: Apply): Document {
  for (const [name, node] of branch.fields) {
    if (node.kind === 'branch' && hasComputed(node)) {
      setField(target, name, computeBelow(getField(target, name), node, apply));
    }
    const value = computedValue(name, node, apply);
    if (value !== undefined) setField(target, name, value);
    else if (node.kind === 'compute') delete target[name];
  }
  return target;
}

function computedValue(name: string, node: ProjectionNode, { document, position }: Apply): unknown {
  if (node.kind === 'compute') return node.evaluate(document);
  if (node.kind !== 'array' || node.operator !== '$elemMatch') return undefined;
  return node.project(getField(document, name), position);
}

/** A computed path goes into each document of an array and replaces anything else by a document. */
function computeBelow(value: unknown, branch: ProjectionBranch, apply: Apply): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => computeBelow(element, branch, apply));
  return addComputed({ ...asDocument(value) }, branch, apply);
}

function hasComputed(branch: ProjectionBranch): boolean {
  return leavesOf(branch).some(({ leaf }) => leaf.kind === 'compute');
}
