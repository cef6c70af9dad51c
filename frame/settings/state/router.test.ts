import { describe, expect, test, vi } from 'vitest';
import { createRouter, splitRoute } from './router.ts';

function router(mayLeave = true) {
  const tell = vi.fn();
  const known = ['', 'keys', 'history'];
  const created = createRouter({
    isKnown: (route) => known.includes(splitRoute(route)[0]),
    tell,
    mayLeave: () => Promise.resolve(mayLeave),
  });
  return { ...created, tell };
}

describe('the router', () => {
  test('opens a page and tells the dashboard', async () => {
    const { go, route, tell } = router();
    await go('history/12');
    expect(route.value).toBe('history/12');
    expect(tell).toHaveBeenCalledExactlyOnceWith('history/12', false);
  });

  test('follows the dashboard’s address without telling it back', async () => {
    const { follow, route, tell } = router();
    await follow('keys');
    expect(route.value).toBe('keys');
    expect(tell).not.toHaveBeenCalled();
  });

  test('puts an address right that names no page, without a step more in the history', async () => {
    const { follow, route, tell } = router();
    await follow('keys');
    await follow('nothing/here');
    expect(route.value).toBe('');
    expect(tell).toHaveBeenCalledExactlyOnceWith('', true);
  });

  test.each(['javascript:alert(1)', '<b>', 'a'.repeat(201)])('opens nothing for "%s"', async (wanted) => {
    const { go, route, tell } = router();
    await go(wanted);
    expect(route.value).toBe('');
    expect(tell).not.toHaveBeenCalled();
  });

  test('stays, and sets the dashboard’s address back, when the admin does not want to leave', async () => {
    const { go, follow, route, tell } = router(false);
    await go('keys');
    await follow('keys');
    expect(route.value).toBe('');
    expect(tell).toHaveBeenCalledExactlyOnceWith('', false);
  });
});

test.each([
  ['', ['', '']],
  ['keys', ['keys', '']],
  ['texts/de-ch', ['texts', 'de-ch']],
  ['history/1/2', ['history', '1/2']],
])('splits "%s"', (route, parts) => {
  expect(splitRoute(route)).toEqual(parts);
});
