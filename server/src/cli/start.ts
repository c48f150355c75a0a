import type { Command } from 'commander';
import type { CommandIO } from './io.ts';

/** `latchkey start`: the server itself. */
export function addStart(program: Command, io: CommandIO): void {
  program
    .command('start')
    .description('run the server until it is asked to stop')
    .option('--demo', 'add a project full of sample users; not with DATABASE_URL, not in production')
    .action(async (options: { demo?: boolean }) => {
      const { readConfig } = await import('../platform/config.ts');
      const config = readConfig(io.env, { demo: options.demo });
      const [{ createLog }, { startServer }] = await Promise.all([
        import('../platform/log.ts'),
        import('../start/index.ts'),
      ]);
      await startServer(config, createLog({ level: config.logLevel }));
    });
}
