import { expect, test } from 'vitest';
import { createResources, type Resource } from './resources.ts';

/** A page that uses the resource each time it is drawn, which is a moment after each change; answers what it drew. */
function draw<T>(load: () => Promise<T>) {
  const clock = { now: 0 };
  const resources = createResources(() => clock.now);
  const drawn: Resource<T>[] = [];
  const drawAgain = () => {
    drawn.push(resources.use('articles', load).peek());
  };
  const stop = resources.use('articles', load).subscribe(() => queueMicrotask(drawAgain));
  return { clock, resources, drawn, stop };
}

/** Every promise that is settled has been followed. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a failure is shown and not asked for again while it is drawn', async () => {
  let asked = 0;
  const page = draw(() => {
    // A loop ends here, so that it can be told.
    return ++asked > 5 ? new Promise(() => {}) : Promise.reject(new Error('down'));
  });
  await settled();
  page.stop();
  expect(asked).toBe(1);
  expect(page.drawn.at(-1)).toMatchObject({ isLoading: false, error: { message: 'down' } });
});

test('after a failure a new try is asked for at once, and a page that is opened later asks by itself', async () => {
  let asked = 0;
  const load = () => (++asked >= 3 ? Promise.resolve('three') : Promise.reject(new Error('down')));
  const page = draw(load);
  await settled();
  await page.resources.reload('articles');
  expect(asked).toBe(2);
  page.clock.now = 11_000;
  page.resources.use('articles', load);
  await settled();
  page.stop();
  expect(page.drawn.at(-1)).toEqual({ answer: 'three', isLoading: false, error: undefined });
});

test('an answer is asked for once while it is fresh', async () => {
  let asked = 0;
  const page = draw(() => Promise.resolve(++asked));
  await settled();
  page.resources.use('articles', () => Promise.resolve(++asked));
  await settled();
  page.stop();
  expect(asked).toBe(1);
});
