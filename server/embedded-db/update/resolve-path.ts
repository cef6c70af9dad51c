import { type Document, getField, isDocument } from '../bson-value/document.ts';
import { MongoError } from '../errors.ts';
import type { ArrayFilters } from './array-filters.ts';
import { describeField } from './describe-field.ts';
import type { PathStep, UpdatePath } from './update-path.ts';

export type PositionalContext = { position?: number; arrayFilters: ArrayFilters };

/**
 * The concrete paths an update path stands for in this document: `$` becomes the matched index, `$[]` every index, `$[id]` the
 * indexes whose elements pass the filter. Throws BadValue when there was no match or no array to walk.
 */
export function resolvePath(document: Document, path: UpdatePath, context: PositionalContext): string[][] {
  let places: Place[] = [{ names: [], value: document }];
  for (const step of path.steps) {
    places = places.flatMap((place) => takeStep(place, step, { ...context, path }));
  }
  return places.map((place) => place.names);
}

type Place = { names: string[]; value: unknown };
type StepContext = PositionalContext & { path: UpdatePath };

function takeStep(place: Place, step: PathStep, context: StepContext): Place[] {
  if (step.kind === 'name') return [childPlace(place, step.name)];
  if (step.kind === 'matched') return [childPlace(place, String(requirePosition(context.position)))];
  const elements = requireArray(place, context.path);
  const passes = step.kind === 'all' ? () => true : requireFilter(step.identifier, context);
  return elements.flatMap((element: unknown, index) => (passes(element) ? [childPlace(place, String(index))] : []));
}

function childPlace({ names, value }: Place, name: string): Place {
  const child = Array.isArray(value) ? value[Number(name)] : isDocument(value) ? getField(value, name) : undefined;
  return { names: [...names, name], value: child };
}

function requirePosition(position: number | undefined): number {
  if (position !== undefined) return position;
  throw new MongoError('BadValue', 'The positional operator did not find the match needed from the query.');
}

function requireArray({ names, value }: Place, path: UpdatePath): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === undefined) {
    const message = `The path '${names.join('.')}' must exist in the document in order to apply array updates.`;
    throw new MongoError('BadValue', message);
  }
  const field = describeField(names.at(-1) ?? path.text, value);
  throw new MongoError('BadValue', `Cannot apply array updates to non-array element ${field}`);
}

function requireFilter(identifier: string, { arrayFilters, path }: StepContext): (element: unknown) => boolean {
  const passes = arrayFilters.get(identifier);
  if (passes !== undefined) return passes;
  throw new MongoError('BadValue', `No array filter found for identifier '${identifier}' in path '${path.text}'`);
}
