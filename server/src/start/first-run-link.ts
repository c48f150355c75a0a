import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capabilities } from '../capabilities.ts';
import { HOME } from '../projects/index.ts';

/** The one-time link, or the file it stands in. */
export type FirstRunLink = { link: string } | { file: string };

/**
 * Renews the one-time link that makes the first operator, as long as there is none. Where nobody looks at a
 * terminal it is written to `first-run` in the data folder (mode 0600), so that it stands in no log.
 *
 * @returns the link, or the file it was written to; undefined once there is an owner
 */
export async function renewFirstRunLink(
  { config, projects }: Pick<Capabilities, 'config' | 'projects'>,
  isTerminal: boolean,
): Promise<FirstRunLink | undefined> {
  const file = join(config.dataDir, 'first-run');
  rmSync(file, { force: true });
  const token = await projects.firstRun.renew();
  if (token === undefined) return undefined;
  const { origin } = await projects.get(HOME);
  const link = `${origin}/first-run?token=${token}`;
  if (isTerminal) return { link };
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${link}\n`, { mode: 0o600 });
  return { file };
}
