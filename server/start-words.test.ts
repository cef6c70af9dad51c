import { expect, test } from 'vitest';
import { parseOrigin } from '../shared/origin.ts';
import { createPublicKey } from '../shared/public-key.ts';
import { readConfig } from './config.ts';
import { describeStart } from './start-words.ts';

const SHOP = parseOrigin('http://shop.localhost:4401') ?? expect.fail('not an origin');

test('names every address with what it is for, and where the secret was put', () => {
  const words = describeStart(
    {
      config: readConfig({}).config,
      demo: { origin: SHOP, publicKey: createPublicKey('a'.repeat(22)) },
      demoDashboard: {
        origin: parseOrigin('http://dashboard.localhost:4402') ?? expect.fail('not an origin'),
        accounts: [{ name: 'Ada', email: 'ada@harbour.example', password: 'anchor', role: 'owner' }],
      },
      secretsMadeAt: ['data/session-secret'],
    },
    1_234,
  );
  expect(words).toContain('Casement is ready (1.2 s)');
  expect(words).toMatch(/http:\/\/shop\.localhost:4401 +the demo shop/);
  expect(words).toMatch(/http:\/\/dashboard\.localhost:4402 +the shop's dashboard/);
  expect(words).toContain('ada@harbour.example, password anchor: an owner');
  expect(words).toMatch(/http:\/\/widget\.localhost:4400 +the widget/);
  expect(words).toMatch(/http:\/\/settings\.localhost:4400 +the settings view and the admin API/);
  expect(words).toMatch(/Answers +quoted from the articles/);
  expect(words).toMatch(/Store +embedded, in \.\/data/);
  expect(words).toMatch(/Secret +made for development and kept in data\/session-secret/);
});

test('shows neither the key of a model nor the address of a database', () => {
  const { config } = readConfig({
    AI_BASE_URL: 'https://api.example/v1',
    AI_API_KEY: 'sk-secret',
    AI_MODEL: 'm-1',
    MONGODB_URI: 'mongodb://me:hunter2@db.example/casement',
  });
  const words = describeStart({ config, demo: undefined, demoDashboard: undefined, secretsMadeAt: [] }, 10);
  expect(words).toMatch(/Answers +from m-1 at https:\/\/api\.example\/v1/);
  expect(words).toMatch(/Store +MongoDB/);
  expect(words).not.toMatch(/sk-secret|hunter2|Secret|shop/);
});
