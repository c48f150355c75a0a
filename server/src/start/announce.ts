import type { Capabilities } from '../capabilities.ts';
import { HOME } from '../projects/index.ts';
import type { FirstRunLink } from './first-run-link.ts';

/**
 * Says that the server is ready, and how to make the first operator where there is none yet: in words to a
 * person at a terminal, otherwise as lines of the log, which never hold the link itself.
 */
export async function announce(
  { log, projects }: Pick<Capabilities, 'log' | 'projects'>,
  firstRun: FirstRunLink | undefined,
  isTerminal: boolean,
): Promise<void> {
  const { origin } = await projects.get(HOME);
  const portal = `${origin}/portal/`;
  if (!isTerminal) {
    log.info({ portal }, 'ready');
    if (firstRun && 'file' in firstRun) {
      log.info({ file: firstRun.file }, 'no operator yet: the one-time link in this file makes the first');
    }
    return;
  }
  const lines = [`Latchkey is ready: ${portal}`];
  if (firstRun && 'link' in firstRun) {
    lines.push(
      '',
      'There is no operator yet. Make the first one here (works once, for an hour):',
      firstRun.link,
    );
  }
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}
