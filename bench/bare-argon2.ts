import { availableParallelism } from 'node:os';
import { argv, stdout } from 'node:process';
import { verify } from '@node-rs/argon2';

/**
 * The reference of the login bench, in a process of its own: verifies one hash as often as this machine can, on
 * all its cores. Arguments: the hash, its password, and for how many seconds. Prints the rate per second.
 */
const [, , hash = '', password = '', seconds = '1'] = argv;
const start = performance.now();
const until = start + Number(seconds) * 1_000;
let count = 0;

async function work(): Promise<void> {
  while (performance.now() < until) {
    if (!(await verify(hash, password))) throw new Error('the hash is not one of the password');
    count++;
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
stdout.write(String((count / (performance.now() - start)) * 1_000));
