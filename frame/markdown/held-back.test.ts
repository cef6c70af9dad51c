import { expect, test } from 'vitest';
import { withoutUnsettledEnd } from './held-back.ts';

test.each([
  ['again.[', 'again.'],
  ['again.[1', 'again.'],
  ['again.[1]', 'again.'],
  ['see [our page', 'see '],
  ['see [our page](https://shop.exa', 'see '],
  ['look ![a pict', 'look '],
  ['this is **', 'this is '],
  ['this is *', 'this is '],
  ['run `', 'run '],
  ['steps:\n- ', 'steps:'],
  ['steps:\n1', 'steps:'],
  ['steps:\n##', 'steps:'],
  ['see <https', 'see '],
])('holds back the end of %j until it is known', (text, shown) => {
  expect(withoutUnsettledEnd(text)).toBe(shown);
});

test.each(['done.', 'see [our page](https://shop.example) now', '2 * 3', 'steps:\n- one', 'in 1997', ''])(
  'shows %j as it is',
  (text) => {
    expect(withoutUnsettledEnd(text)).toBe(text);
  },
);
