/** Run as a process of its own by the tests: takes a job of the database argv[2] and is killed in the middle of it. */
import { systemClock } from '../clock.ts';
import { openDatabase } from '../database/index.ts';
import { createLog } from '../log.ts';
import { createJobRunner } from './index.ts';

const [, , url = ''] = process.argv;
const database = openDatabase({ url });
await createJobRunner({
  url,
  database,
  clock: systemClock,
  log: createLog({ level: 'silent' }),
  tasks: {
    async deadly() {
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => {});
    },
  },
}).start();
setInterval(() => {}, 60_000);
