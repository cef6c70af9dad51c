import { afterEach, expect, test, vi } from 'vitest';
import { createEvents } from './events.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('calls the listeners of a name in the order they came, with the detail', () => {
  const { on, emit } = createEvents();
  const heard: unknown[] = [];
  on('unread', (count) => heard.push(['first', count]));
  on('unread', (count) => heard.push(['second', count]));
  on('opened', () => heard.push('opened'));
  emit('unread', 3);
  expect(heard).toEqual([
    ['first', 3],
    ['second', 3],
  ]);
});

test('a listener that throws is reported, and the others are called all the same', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  const { on, emit } = createEvents();
  const mistake = new Error('a mistake of the page');
  const after = vi.fn();
  on('opened', () => {
    throw mistake;
  });
  on('opened', after);
  expect(() => emit('opened')).not.toThrow();
  expect(after).toHaveBeenCalledOnce();
  expect(warn).toHaveBeenCalledExactlyOnceWith('Casement', mistake);
});

test('a listener may end itself, and others, while it is called', () => {
  const { on, once, emit } = createEvents();
  const second = vi.fn();
  const stopFirst = on('closed', () => {
    stopFirst();
    stopSecond();
  });
  const stopSecond = on('closed', second);
  const third = vi.fn();
  once('closed', third);
  emit('closed');
  emit('closed');
  expect(second.mock.calls.length).toBeLessThanOrEqual(1);
  expect(third).toHaveBeenCalledOnce();
});

test('one function can listen twice, and each subscription ends on its own', () => {
  const { on, emit } = createEvents();
  const listener = vi.fn();
  const stop = on('ready', listener);
  on('ready', listener);
  stop();
  stop();
  emit('ready');
  expect(listener).toHaveBeenCalledOnce();
});

test('once can be ended before it has heard anything', () => {
  const { once, emit } = createEvents();
  const listener = vi.fn();
  once('ready', listener)();
  emit('ready');
  expect(listener).not.toHaveBeenCalled();
});
