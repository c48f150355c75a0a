import type { CommandIO } from './io.ts';

/** What a command found out or did: one object for scripts, words for people. */
export interface Answer {
  json: Record<string, unknown>;
  text: string;
}

/** Runs the command and prints its answer: one JSON object on one line where `--json` asks for it. */
export async function answer(
  io: CommandIO,
  options: { json?: boolean },
  work: () => Promise<Answer>,
): Promise<void> {
  const { json, text } = await work();
  io.stdout.write(`${options.json ? JSON.stringify(json) : text}\n`);
}
