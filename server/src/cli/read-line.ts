import type { CommandIO } from './io.ts';

/** More than anything that could be accepted; what is longer is cut, and refused as too long where it is used. */
const LONGEST_INPUT = 100_000;

/** All of standard input, without the line's end that `echo` and editors add. */
export async function readLine(io: CommandIO): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of io.stdin) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > LONGEST_INPUT) break;
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
