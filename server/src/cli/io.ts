import type { Readable, Writable } from 'node:stream';

/** What a command reads from and writes to: the process's own streams, or a test's. */
export interface CommandIO {
  stdin: Readable & { isTTY?: boolean };
  /** Holds the answer and nothing else. */
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean };
  env: Record<string, string | undefined>;
  /** The exit status of a command that ends without an error. */
  status: number;
}

/** The streams of this process. A reader that goes away (`latchkey users list | head`) is no failure. */
export function processIO(): CommandIO {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(0);
    });
  }
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    status: 0,
  };
}
