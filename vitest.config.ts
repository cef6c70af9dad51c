import { defineConfig } from 'vitest/config';

/**
 * Processes and browsers on a machine that is busy with other things lose a moment now and then. Where nobody watches, such
 * a test is run once more, and the report says so; what is broken fails twice.
 */
const RETRIES = process.env.CI === undefined ? 0 : 1;

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{shared,loader,frame,server}/**/*.test.{ts,tsx}'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          retry: RETRIES,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts', 'test/isolation/**/*.test.ts'],
          retry: RETRIES,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
