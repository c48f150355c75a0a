/** Run as a process of its own by the tests: holds the database below argv[2] until it is killed or told to stop. */
import { startEmbeddedPostgres } from './server.ts';

const [, , dataDir = '', port = '0'] = process.argv;
const log = { info() {}, warn() {}, error() {} };
try {
  const postgres = await startEmbeddedPostgres({ dataDir, port: Number(port), log, durable: false });
  process.stdout.write(`${JSON.stringify({ url: postgres.url, adopted: postgres.adopted })}\n`);
  process.stdin.on('data', () => void postgres.stop().then(() => process.exit(0)));
} catch (error) {
  process.stdout.write(`${JSON.stringify({ refused: (error as Error).message })}\n`);
}
