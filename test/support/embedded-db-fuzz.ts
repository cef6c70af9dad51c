import { Decimal128, Double, Int32, Long } from 'bson';
import type { Document } from '../../server/embedded-db/bson-value/document.ts';
import type { Dice } from './dice.ts';

const PATHS: readonly [string, ...string[]] = ['a', 'b', 'c', 'a.x', 'a.y', 'b.x', 'c.x.y'];
const TEXTS: readonly [string, ...string[]] = ['', 'm', 'mm'];
const LONG_TEXTS: readonly [string, ...string[]] = [
  'm',
  ...['1', '2', '3', '4', '5', '6'].map((end) => 'long '.repeat(600) + end),
];
const ANY_SHAPE: Shape = { hasArrays: true, hasLongTexts: true };

/** What the documents of one collection may have. Where there are neither, indexes can give sorts. */
export type Shape = { hasArrays: boolean; hasLongTexts: boolean };

/** A document in which the same few values come in many BSON types, bare, nested, in arrays, or not at all. */
export function randomDocument(dice: Dice, id: number, shape: Shape): Document {
  const document: Document = { _id: new Int32(id) };
  for (const name of ['a', 'b', 'c']) if (dice.chance(0.85)) document[name] = randomValue(dice, 2, shape);
  return document;
}

export function randomFilter(dice: Dice, depth = 2): Document {
  if (depth > 0 && dice.chance(0.25)) {
    const operator = dice.pick(['$and', '$or', '$or', '$nor']);
    return { [operator]: Array.from({ length: 1 + dice.below(3) }, () => randomFilter(dice, depth - 1)) };
  }
  const filter: Document = {};
  for (let i = 1 + dice.below(3); i > 0; i--) filter[dice.pick(PATHS)] = randomCondition(dice);
  if (dice.chance(0.2)) filter._id = randomIdCondition(dice);
  return filter;
}

function randomIdCondition(dice: Dice): unknown {
  const id = () =>
    dice.pick<(n: number) => unknown>([(n: number) => new Int32(n), Long.fromNumber, (n: number) => new Double(n)])(
      dice.below(80),
    );
  if (dice.chance(0.4)) return id();
  if (dice.chance(0.5)) return { $in: Array.from({ length: dice.below(30) }, id) };
  return { $gte: id() };
}

export function randomSort(dice: Dice): Document {
  const sort: Document = {};
  for (let i = 1 + dice.below(2); i > 0; i--) sort[dice.pick(PATHS)] = new Int32(dice.pick([1, -1]));
  return sort;
}

/** The specification of an index: compound, descending, sparse, partial, or unique with the help of `_id`. */
export function randomIndexSpec(dice: Dice, name: string): Document {
  const key: Document = {};
  for (let i = 1 + dice.below(3); i > 0; i--) key[dice.pick(PATHS)] = new Int32(dice.pick([1, -1]));
  const kind = dice.below(5);
  if (kind === 4) return { key: { ...key, _id: new Int32(dice.pick([1, -1])) }, name, unique: true };
  if (kind === 0) return { key, name, sparse: true };
  if (kind === 1) return { key, name, partialFilterExpression: { [dice.pick(PATHS)]: randomPartialCondition(dice) } };
  return { key, name };
}

function randomPartialCondition(dice: Dice): unknown {
  const kind = dice.below(4);
  if (kind === 0) return { $exists: true };
  if (kind === 1) return { [dice.pick(['$gt', '$gte', '$lt', '$lte'])]: randomScalar(dice) };
  return randomScalar(dice);
}

function randomCondition(dice: Dice): unknown {
  const kind = dice.below(12);
  if (kind < 4) return randomValue(dice, 1);
  if (kind < 7) return randomRange(dice);
  if (kind === 7) return { $in: Array.from({ length: dice.below(4) }, () => randomValue(dice, 1)) };
  if (kind === 8) return { $exists: dice.chance(0.5) };
  if (kind === 9)
    return { $elemMatch: dice.chance(0.5) ? randomRange(dice) : { x: randomScalar(dice), y: randomRange(dice) } };
  if (kind === 10) return { $not: randomRange(dice) };
  return { $ne: randomValue(dice, 1) };
}

function randomRange(dice: Dice): Document {
  const range: Document = { [dice.pick(['$gt', '$gte'])]: randomScalar(dice) };
  if (dice.chance(0.5)) range[dice.pick(['$lt', '$lte'])] = randomScalar(dice);
  return dice.chance(0.3) ? { [dice.pick(['$lt', '$lte'])]: randomScalar(dice) } : range;
}

function randomValue(dice: Dice, depth: number, shape: Shape = ANY_SHAPE): unknown {
  const kind = depth > 0 ? dice.below(10) : 9;
  if (kind === 0 && shape.hasArrays)
    return Array.from({ length: dice.below(4) }, () => randomValue(dice, depth - 1, shape));
  if (kind === 1 && shape.hasArrays)
    return Array.from({ length: dice.below(3) }, () => randomNested(dice, depth - 1, shape));
  if (kind < 4) return randomNested(dice, depth - 1, shape);
  return randomScalar(dice, shape);
}

function randomNested(dice: Dice, depth: number, shape: Shape): Document {
  const nested: Document = {};
  for (const name of ['x', 'y']) if (dice.chance(0.7)) nested[name] = randomValue(dice, depth, shape);
  return nested;
}

function randomScalar(dice: Dice, shape: Shape = ANY_SHAPE): unknown {
  const number = dice.below(5) - 1;
  const kind = dice.below(12);
  if (kind < 4) return new Int32(number);
  if (kind === 4) return Long.fromNumber(number);
  if (kind === 5) return new Double(number + dice.pick([0, 0.5]));
  if (kind === 6) return Decimal128.fromString(`${number}.50`);
  if (kind === 7 || (kind > 9 && shape.hasLongTexts)) return dice.pick(shape.hasLongTexts ? LONG_TEXTS : TEXTS);
  if (kind === 8) return null;
  if (kind === 9) return dice.chance(0.5);
  if (kind === 10) return new Date(number * 1000);
  return new Double(dice.pick([Number.NaN, Number.POSITIVE_INFINITY, -0]));
}
