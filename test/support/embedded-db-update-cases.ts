import { Decimal128, Double, Int32, Long } from 'mongodb';

type Fields = Record<string, unknown>;
/** An update as MongoDB's manual describes it: what becomes of `before`, found by `filter`, through `update`. */
export type UpdateCase = {
  name: string;
  before: Fields;
  update: Fields | Fields[];
  after: Fields;
  filter?: Fields;
  arrayFilters?: Fields[];
};
/** An update that must be refused with this code, leaving the document as it is. */
export type RefusedUpdate = {
  name: string;
  before: Fields;
  update: Fields | Fields[];
  code: number;
  filter?: Fields;
  arrayFilters?: Fields[];
};

const grades = {
  g: [
    { n: 80, m: 75 },
    { n: 85, m: 90 },
    { n: 95, m: 75 },
  ],
};

const FIELD_CASES: UpdateCase[] = [
  {
    name: '$set writes and nests',
    before: { a: 1 },
    update: { $set: { a: 2, 'b.c': 3 } },
    after: { a: 2, b: { c: 3 } },
  },
  { name: '$set by index', before: { a: [1, 2] }, update: { $set: { 'a.1': 5 } }, after: { a: [1, 5] } },
  { name: '$set pads an array', before: { a: [1] }, update: { $set: { 'a.3': 5 } }, after: { a: [1, null, null, 5] } },
  { name: '$unset removes', before: { a: 1, b: 2 }, update: { $unset: { a: '' } }, after: { b: 2 } },
  {
    name: '$unset in an array leaves null',
    before: { a: [1, 2] },
    update: { $unset: { 'a.0': 1 } },
    after: { a: [null, 2] },
  },
  { name: '$inc adds and creates', before: { a: 1 }, update: { $inc: { a: 2, b: -1 } }, after: { a: 3, b: -1 } },
  { name: '$mul multiplies, missing is 0', before: { a: 3 }, update: { $mul: { a: 2, b: 5 } }, after: { a: 6, b: 0 } },
  {
    name: '$min and $max compare',
    before: { a: 5, b: 5 },
    update: { $min: { a: 3 }, $max: { b: 3 } },
    after: { a: 3, b: 5 },
  },
  { name: '$min compares types', before: { a: 'x' }, update: { $min: { a: 3 } }, after: { a: 3 } },
  {
    name: '$rename moves',
    before: { a: 1, b: { c: 2 } },
    update: { $rename: { a: 'x', 'b.c': 'y' } },
    after: { b: {}, x: 1, y: 2 },
  },
  {
    name: '$setOnInsert does nothing to a match',
    before: { a: 1 },
    update: { $setOnInsert: { b: 1 } },
    after: { a: 1 },
  },
  { name: '$bit counts in bits', before: { a: 13 }, update: { $bit: { a: { and: 10 } } }, after: { a: 8 } },
];
const ARRAY_CASES: UpdateCase[] = [
  {
    name: '$push appends and creates',
    before: { a: [1] },
    update: { $push: { a: 2, b: 3 } },
    after: { a: [1, 2], b: [3] },
  },
  {
    name: '$push inserts, sorts and cuts',
    before: { a: [3, 1] },
    update: { $push: { a: { $each: [5, 2], $sort: 1, $slice: -3 } } },
    after: { a: [2, 3, 5] },
  },
  {
    name: '$push at a position',
    before: { a: [1, 4] },
    update: { $push: { a: { $each: [2, 3], $position: 1 } } },
    after: { a: [1, 2, 3, 4] },
  },
  {
    name: '$push sorts documents',
    before: { a: [{ s: 3 }] },
    update: { $push: { a: { $each: [{ s: 1 }, { s: 2 }], $sort: { s: -1 } } } },
    after: { a: [{ s: 3 }, { s: 2 }, { s: 1 }] },
  },
  {
    name: '$addToSet adds what is new',
    before: { a: [1] },
    update: { $addToSet: { a: { $each: [1, 2, 2] } } },
    after: { a: [1, 2] },
  },
  {
    name: '$addToSet compares numbers by value',
    before: { a: [1] },
    update: { $addToSet: { a: new Double(1) } },
    after: { a: [1] },
  },
  { name: '$pop takes the last', before: { a: [1, 2] }, update: { $pop: { a: 1 } }, after: { a: [1] } },
  { name: '$pop takes the first', before: { a: [1, 2] }, update: { $pop: { a: -1 } }, after: { a: [2] } },
  { name: '$pull by value', before: { a: [1, 2, 1] }, update: { $pull: { a: 1 } }, after: { a: [2] } },
  { name: '$pull by condition', before: { a: [1, 5, 9] }, update: { $pull: { a: { $gte: 5 } } }, after: { a: [1] } },
  {
    name: '$pull documents',
    before: { a: [{ k: 1, n: 1 }, { k: 2 }] },
    update: { $pull: { a: { k: 1 } } },
    after: { a: [{ k: 2 }] },
  },
  { name: '$pullAll', before: { a: [0, 2, 5, 5, 1, 0] }, update: { $pullAll: { a: [0, 5] } }, after: { a: [2, 1] } },
];
const POSITION_CASES: UpdateCase[] = [
  {
    name: '$ is the element that matched',
    before: grades,
    filter: { 'g.n': 85 },
    update: { $set: { 'g.$.m': 0 } },
    after: {
      g: [
        { n: 80, m: 75 },
        { n: 85, m: 0 },
        { n: 95, m: 75 },
      ],
    },
  },
  {
    name: '$ with $elemMatch',
    before: grades,
    filter: { g: { $elemMatch: { n: { $gt: 90 }, m: 75 } } },
    update: { $inc: { 'g.$.m': 1 } },
    after: {
      g: [
        { n: 80, m: 75 },
        { n: 85, m: 90 },
        { n: 95, m: 76 },
      ],
    },
  },
  { name: '$[] is every element', before: { a: [1, 2] }, update: { $inc: { 'a.$[]': 10 } }, after: { a: [11, 12] } },
  {
    name: '$[id] is every element of a filter',
    before: grades,
    arrayFilters: [{ 'e.n': { $gte: 85 } }],
    update: { $set: { 'g.$[e].m': 1 } },
    after: {
      g: [
        { n: 80, m: 75 },
        { n: 85, m: 1 },
        { n: 95, m: 1 },
      ],
    },
  },
  {
    name: '$[id] nests',
    before: { a: [{ b: [1, 5] }, { b: [7] }] },
    arrayFilters: [{ x: { $gt: 4 } }],
    update: { $set: { 'a.$[].b.$[x]': 0 } },
    after: { a: [{ b: [1, 0] }, { b: [0] }] },
  },
];
const WHOLE_CASES: UpdateCase[] = [
  {
    name: 'a pipeline computes',
    before: { a: 2, b: 3 },
    update: [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'a' }],
    after: { b: 3, sum: 5 },
  },
  {
    name: 'several operators at once',
    before: { a: 1, list: [] },
    update: { $set: { b: 1 }, $inc: { a: 1 }, $push: { list: 'x' } },
    after: { a: 2, list: ['x'], b: 1 },
  },
];

export const UPDATE_CASES: UpdateCase[] = [...FIELD_CASES, ...ARRAY_CASES, ...POSITION_CASES, ...WHOLE_CASES];

export const REFUSED_UPDATES: RefusedUpdate[] = [
  { name: 'changing _id', before: { a: 1 }, update: { $set: { _id: 2 } }, code: 66 },
  { name: 'two operators on one path', before: { a: 1 }, update: { $set: { a: 1 }, $inc: { a: 1 } }, code: 40 },
  {
    name: 'an operator on a path and on its parent',
    before: { a: {} },
    update: { $set: { a: 1, 'a.b': 1 } },
    code: 40,
  },
  { name: 'a path through a scalar', before: { a: 1 }, update: { $set: { 'a.b': 1 } }, code: 28 },
  { name: '$inc of a text', before: { a: 'x' }, update: { $inc: { a: 1 } }, code: 14 },
  { name: '$inc by a text', before: { a: 1 }, update: { $inc: { a: 'x' } }, code: 14 },
  { name: '$push to a scalar', before: { a: 1 }, update: { $push: { a: 1 } }, code: 2 },
  { name: '$addToSet to a scalar', before: { a: 1 }, update: { $addToSet: { a: 1 } }, code: 2 },
  { name: '$pop of a scalar', before: { a: 1 }, update: { $pop: { a: 1 } }, code: 14 },
  { name: 'an unknown operator', before: { a: 1 }, update: { $increase: { a: 1 } }, code: 9 },
  { name: '$ without an array in the filter', before: { a: [1] }, update: { $set: { 'a.$': 1 } }, code: 2 },
  {
    name: 'an array filter that is not used',
    before: { a: [1] },
    update: { $set: { b: 1 } },
    arrayFilters: [{ x: 1 }],
    code: 9,
  },
  { name: 'an array filter that is not there', before: { a: [1] }, update: { $set: { 'a.$[x]': 1 } }, code: 2 },
  { name: '$rename to itself', before: { a: 1 }, update: { $rename: { a: 'a' } }, code: 2 },
  { name: 'a long that overflows', before: { a: Long.MAX_VALUE }, update: { $inc: { a: Long.ONE } }, code: 2 },
];

/** Numbers keep their type, and grow into the next one only when they must. */
export const NUMBER_UPDATES: [name: string, before: unknown, update: (field: string) => Fields, after: unknown][] = [
  ['int + int is int', new Int32(1), (a) => ({ $inc: { [a]: new Int32(1) } }), new Int32(2)],
  [
    'int + int overflows into long',
    new Int32(2147483647),
    (a) => ({ $inc: { [a]: new Int32(1) } }),
    Long.fromNumber(2147483648),
  ],
  ['int + long is long', new Int32(1), (a) => ({ $inc: { [a]: Long.ONE } }), Long.fromNumber(2)],
  ['int + double is double', new Int32(1), (a) => ({ $inc: { [a]: new Double(1) } }), new Double(2)],
  ['long + double is double', Long.ONE, (a) => ({ $inc: { [a]: new Double(0.5) } }), new Double(1.5)],
  [
    'int + decimal is decimal',
    new Int32(1),
    (a) => ({ $inc: { [a]: Decimal128.fromString('0.1') } }),
    Decimal128.fromString('1.1'),
  ],
  [
    'long * long stays exact',
    Long.fromString('3037000499'),
    (a) => ({ $mul: { [a]: Long.fromString('3037000499') } }),
    Long.fromString('9223372030926249001'),
  ],
  ['a missing field takes the type of $inc', undefined, (a) => ({ $inc: { [a]: Long.ONE } }), Long.ONE],
];
