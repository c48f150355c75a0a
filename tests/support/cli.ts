import { Readable, Writable } from 'node:stream';
import { runCLI } from '../../server/src/cli/index.ts';

/** What a command that ran in this process answered. */
export interface CommandResult {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs `latchkey …` in this process, with nothing of this process's environment. */
export async function runCommand(
  args: readonly string[],
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
): Promise<CommandResult> {
  const collect = (): { text: () => string; stream: Writable } => {
    const chunks: string[] = [];
    const write: ConstructorParameters<typeof Writable>[0] = {
      write(chunk, _encoding, done) {
        chunks.push(String(chunk));
        done();
      },
    };
    return { text: () => chunks.join(''), stream: new Writable(write) };
  };
  const [stdout, stderr] = [collect(), collect()];
  const io = {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env,
    status: 0,
  };
  const status = await runCLI(['node', 'latchkey', ...args], io);
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}
