import { defineConfig } from 'vitest/config';

/**
 * Two kinds of tests in one run: beside the code (rules, stores, acts) and end to end (tests/), which
 * start the built server. All share the PostgreSQL that the global set-up starts.
 */
export default defineConfig({
  // Node gives every library the CommonJS build of graphql, and two builds in one process refuse each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    include: ['server/src/**/*.test.{ts,tsx}', 'portal/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A machine that is shared starves a browser now and then: in CI a test must fail twice to have failed.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});
