import { expect, test } from 'vitest';
import { isSettingsAppearance, isSettingsRoute, SETTINGS_HOST_GUARDS } from './settings-port-message.ts';

test.each([
  [{}],
  [{ mode: 'dark', primary: '#0059ff', radius: 12 }],
  [{ fontFamily: 'Inter, "Segoe UI", sans-serif' }],
])('takes the appearance %j', (appearance) => {
  expect(isSettingsAppearance(appearance)).toBe(true);
});

test.each([
  [null],
  [[]],
  [{ primary: 'red' }],
  [{ primary: 'url(https://evil.example)' }],
  [{ fontFamily: 'a; background: url(x)' }],
  [{ fontFamily: 'a} * {' }],
  [{ radius: 41 }],
  [{ radius: 1.5 }],
  [{ mode: 'sepia' }],
  [{ other: '#000000' }],
])('refuses the appearance %j', (appearance) => {
  expect(isSettingsAppearance(appearance)).toBe(false);
});

test.each([[''], ['keys'], ['history/12'], ['knowledge/opening-hours']])('takes the route "%s"', (route) => {
  expect(isSettingsRoute(route)).toBe(true);
});

test.each([['javascript:alert(1)'], ['https://evil.example'], ['a?b'], ['a'.repeat(201)], [7]])(
  'refuses the route %j',
  (route) => {
    expect(isSettingsRoute(route)).toBe(false);
  },
);

test.each([
  [{ t: 'token', s: 1, id: 1, token: 'eyJ.a_b-c.d' }, true],
  [{ t: 'token', s: 1, id: 1, token: null }, true],
  [{ t: 'token', s: 1, id: 1, token: '' }, false],
  [{ t: 'token', s: 1, id: 1, token: 'a b' }, false],
  [{ t: 'token', s: 1, id: 1, token: 'a'.repeat(8_193) }, false],
  [{ t: 'token', s: 1, id: -1, token: 'a' }, false],
  [{ t: 'token', s: 1, id: 1 }, false],
])('a token message %j is whole: %s', (message, isWhole) => {
  expect(SETTINGS_HOST_GUARDS.token(message)).toBe(isWhole);
});
