import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the PostgreSQL that all tests of a run share. */
    postgresURL: string;
  }
}

/** Starts the PostgreSQL of this test run, and returns what stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  project.provide('postgresURL', postgres.url);
  return () => postgres.stop();
}
