import { expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { createLog, describeError } from './log.ts';

const WORDS = 'my grandmother is ill';

function jsonError(): unknown {
  try {
    return JSON.parse(WORDS);
  } catch (error) {
    return error;
  }
}

test.each([
  ['a JSON error', jsonError()],
  ['an error that quotes a document', Object.assign(new Error(`"${WORDS}" is too long`), { name: 'ValidationError' })],
  ['an error with such a cause', new AppError('INTERNAL', { cause: new Error(WORDS) })],
  ['a thrown text', WORDS],
])('does not write down what a visitor wrote when it meets %s', (_what, error) => {
  const lines: string[] = [];
  createLog('trace', { write: (line) => lines.push(line) }).error({ err: error }, 'Something failed');
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain('grandmother');
});

test('keeps what helps whoever runs the server', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
  const description = describeError(new AppError('STORE_UNAVAILABLE', { cause: refused }));
  expect(description).toMatchObject({
    name: 'AppError',
    code: 'STORE_UNAVAILABLE',
    message: 'The store cannot be reached',
    cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1' },
  });
  expect(description.stack[0]).toMatch(/^ {4}at .*log\.test\.ts/);
});
