import type { Command } from 'commander';
import { answer } from '../answer.ts';
import type { CommandIO } from '../io.ts';
import { jsonOption } from '../options.ts';
import type { Findings } from './examine.ts';

/** `latchkey doctor`: settings, database, migrations and mail server, each ok or what to do about it. */
export function addDoctor(program: Command, io: CommandIO): void {
  program
    .command('doctor')
    .description('check settings, database, migrations and mail server, and say what to do')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) =>
      answer(io, options, async () => {
        const { examine } = await import('./examine.ts');
        const findings = await examine(io);
        const ok = Object.values(findings).every((check) => check.ok);
        if (!ok) io.status = 1;
        return { json: { ok, ...findings }, text: inWords(findings) };
      }),
    );
}

function inWords(findings: Findings): string {
  return Object.entries(findings)
    .map(([name, { ok, detail }]) => `${ok ? 'ok ' : 'FIX'}  ${name.padEnd(10)}  ${detail}`)
    .join('\n');
}
