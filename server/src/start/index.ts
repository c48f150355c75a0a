import { getRequestListener } from '@hono/node-server';
import { createApp } from '../app.ts';
import { buildCapabilities } from '../capabilities.ts';
import type { Config } from '../platform/config.ts';
import type { Log } from '../platform/log.ts';
import { announce } from './announce.ts';
import { startDatabase } from './database.ts';
import { addDemo } from './demo.ts';
import { drain } from './drain.ts';
import { createFaces } from './faces.ts';
import { createJobs } from './jobs.ts';
import { listen } from './listen.ts';
import { watchForStop } from './watch-for-stop.ts';

/**
 * Runs the server until SIGTERM or SIGINT: database, capabilities, HTTP, jobs, and back in the opposite order.
 *
 * @returns after a graceful stop
 * @throws StartError, EmbeddedPostgresError, DatabaseUnusableError, WrongSecretError, each with what to do;
 *   whatever was started is stopped by then
 */
export async function startServer(config: Config, log: Log): Promise<void> {
  const watch = watchForStop();
  const undo: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of undo.reverse()) await stop();
  };
  try {
    const database = await startDatabase(config, log);
    undo.push(() => database.stop());
    database.onLost(watch.stop);
    const capabilities = await buildCapabilities({ config, log }, database);
    undo.push(() => capabilities.close());
    if (config.demo) await addDemo(capabilities);

    let isServing = true;
    const app = createApp({ ...capabilities, ...createFaces(capabilities), isServing: () => isServing });
    const { server, port } = await listen(config, getRequestListener(app.fetch));
    config.port = port;
    undo.push(() => drain(server));

    const jobs = createJobs(capabilities, database.direct);
    await jobs.start();
    undo.push(() => jobs.stop());
    await announce(capabilities);

    const reason = await watch.stopped;
    isServing = false;
    if (reason instanceof Error) throw reason;
    log.info({ signal: reason }, 'stopping');
  } finally {
    await stopAll();
  }
}
