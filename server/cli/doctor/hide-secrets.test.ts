import { expect, test } from 'vitest';
import { hideSecrets } from './hide-secrets.ts';

test('hides the value of every variable that is a secret by its name, and each of several keys', () => {
  const environment = { SESSION_SECRET: 'a1b2c3d4e5', SECRETS_KEY: 'v2:newnewnew,v1:oldoldold', PORT: '44000000' };
  const text = 'a1b2c3d4e5 newnewnew oldoldold 44000000';
  expect(hideSecrets(text, environment)).toBe('*** *** *** 44000000');
});

test('hides the user name and the password in an address', () => {
  expect(hideSecrets('"https://me:hunter2@widget.example"', {})).toBe('"https://***@widget.example"');
  expect(hideSecrets('"https://widget.example/a@b"', {})).toBe('"https://widget.example/a@b"');
});
