import type { WindowMessage } from '../../shared/window-message.ts';

/** A message that must be dropped, and what is wrong with it. */
export type HostileMessage = { readonly what: string; readonly message: unknown };

/** Every way a message can miss being `valid` that survives structured cloning. */
export function hostileMessages(valid: WindowMessage): HostileMessage[] {
  return [...wrongFields(valid), ...wrongValues(valid), ...wrongWholes(valid)].map(([what, message]) => ({
    what,
    message,
  }));
}

function wrongFields(valid: WindowMessage): [string, unknown][] {
  const fields = Object.entries(valid);
  return fields.flatMap(([name, value]) => {
    const without = (): Record<string, unknown> => Object.fromEntries(fields.filter(([other]) => other !== name));
    const polluted = Object.defineProperty(without(), '__proto__', { value: { [name]: value }, enumerable: true });
    const wrong: [string, unknown][] = [
      ['null', null],
      ['undefined', undefined],
      ['a number', 7],
      ['not a number', Number.NaN],
      ['a big integer', 1n],
      ['a boolean', true],
      ['an empty string', ''],
      ['an object', {}],
      ['an array around the right value', [value]],
      ['a boxed right value', Object(value)],
      ['the right value and a line break', `${value}\n`],
      ['a string of 1 MB', 'a'.repeat(1 << 20)],
    ];
    return [
      [`${name} is missing`, without()],
      [`${name} is missing and there is another field`, { ...without(), x: value }],
      [`${name} is only in an own key called __proto__`, polluted],
      [`${name} is under another spelling`, { ...without(), [name.toUpperCase()]: value }],
      ...wrong.map(([kind, other]): [string, unknown] => [`${name} is ${kind}`, { ...valid, [name]: other }]),
    ];
  });
}

function wrongValues(valid: WindowMessage): [string, unknown][] {
  return [
    ...[0, 2, -1, 1.5, '1'].map((v): [string, unknown] => [`v is ${JSON.stringify(v)}`, { ...valid, v }]),
    ...['ready', 'INIT', 'HELLO', '__proto__', 'toString'].map((t): [string, unknown] => [
      `t is ${t}`,
      { ...valid, t },
    ]),
    ['t is the other direction', { ...valid, t: valid.t === 'init' ? 'hello' : 'init' }],
    ['n is another nonce', { ...valid, n: '0123456789abcdef'.repeat(2) }],
    ['n begins with an upper case digit', { ...valid, n: `A${valid.n.slice(1)}` }],
    ['n is one digit longer', { ...valid, n: `${valid.n}0` }],
    ['f is not hexadecimal', { ...valid, f: 'g'.repeat(32) }],
    ['f is one digit shorter', { ...valid, f: valid.f.slice(1) }],
  ];
}

function wrongWholes(valid: WindowMessage): [string, unknown][] {
  const megabyte = 'a'.repeat(1 << 20);
  const polluted = Object.defineProperty({ ...valid }, '__proto__', { value: { isAdmin: true }, enumerable: true });
  return [
    ['there is a fifth field', { ...valid, x: 1 }],
    ['there is a fifth field of 1 MB', { ...valid, [megabyte]: megabyte }],
    ['there is an own key called __proto__', polluted],
    ['it is JSON', JSON.stringify(valid)],
    ['it is 1 MB of text', megabyte],
    ['it is 1 MB of bytes', new ArrayBuffer(1 << 20)],
    ['it is null', null],
    ['it is undefined', undefined],
    ['it is a number', 1],
    ['it is an empty object', {}],
    ['it is the fields as an array', Object.values(valid)],
    ['it is in an array', [valid]],
    ['it is a map', new Map<string, unknown>(Object.entries(valid))],
    ['it is a date', new Date(0)],
    ['it is an error', new Error('hello')],
  ];
}

/**
 * Source that defines `hostileMessages` in a page, so that the messages are made in the window that sends them: an own
 * key called `__proto__` or a megabyte would not survive the way from the test to the page.
 */
export const HOSTILE_MESSAGES_SOURCE = [
  ...[hostileMessages, wrongFields, wrongValues, wrongWholes].map(String),
  'globalThis.hostileMessages = hostileMessages;',
].join('\n');
