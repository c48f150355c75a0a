import { getRequestListener } from '@hono/node-server';
import { createApp } from '../app.ts';
import { buildCapabilities } from '../capabilities.ts';
import type { Config } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { announce } from './announce.ts';
import { startDatabase } from './database.ts';
import { addDemo } from './demo.ts';
import { createFaces } from './faces.ts';
import { renewFirstRunLink } from './first-run-link.ts';
import { createJobs, JOBS_PATIENCE_MS } from './jobs.ts';
import { listen } from './listen.ts';
import { createUndo } from './undo.ts';
import { watchForStop } from './watch-for-stop.ts';

/** Longer than they take by themselves to give up their patience. */
const REQUESTS_PATIENCE_MS = 15_000;
const DATABASE_PATIENCE_MS = 30_000;
/** For what is being written to the terminal or the log. */
const LEFT_MS = 1_000;

/**
 * Runs the server until SIGTERM or SIGINT: database, capabilities, HTTP, jobs, and back in the opposite order.
 *
 * @returns after a graceful stop
 * @throws StartError, EmbeddedPostgresError, DatabaseUnusableError, WrongSecretError, each with what to do;
 *   whatever was started is stopped by then
 */
export async function startServer(config: Config, log: Log): Promise<void> {
  const watch = watchForStop();
  const undo = createUndo(log);
  try {
    const database = await startDatabase(config, log);
    undo.add('database', () => database.stop(), DATABASE_PATIENCE_MS);
    database.onLost(watch.stop);
    const capabilities = await buildCapabilities({ config, log }, database);
    undo.add('connections', () => capabilities.close());
    if (config.demo) await addDemo(capabilities);

    let isServing = false;
    const app = createApp({ ...capabilities, ...createFaces(capabilities), isServing: () => isServing });
    const { port, drain } = await listen(config, getRequestListener(app.fetch));
    config.port = port;
    undo.add('requests', drain, REQUESTS_PATIENCE_MS);
    const isTerminal = process.stdout.isTTY === true;
    // Its address needs the port, and whoever waits until the server is ready looks for it next.
    const firstRun = await renewFirstRunLink(capabilities, isTerminal);
    isServing = true;

    const jobs = createJobs(capabilities, database.direct);
    await jobs.start();
    undo.add('jobs', () => jobs.stop(), JOBS_PATIENCE_MS);
    await announce(capabilities, firstRun, isTerminal);

    const reason = await watch.stopped;
    isServing = false;
    if (reason instanceof Error) throw reason;
    log.info({ signal: reason }, 'stopping');
    // Requests end while the jobs do.
    void drain();
  } finally {
    await undo.all();
    endAnyway();
  }
}

/** What could not be stopped, such as a connection that waits for a statement, does not keep the process. */
function endAnyway(): void {
  setTimeout(() => process.exit(), LEFT_MS).unref();
}
