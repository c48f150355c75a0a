import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { randomToken } from './ids.ts';

/**
 * The secrets of this process: `LATCHKEY_SECRET`, or with the embedded database the one in `data/secret`, made
 * here at the first start (32 random bytes, mode 0600). Of two processes that make it at once, both get the same.
 */
export function resolveSecretList(config: Pick<Config, 'secretList' | 'dataDir'>): string {
  if (config.secretList !== undefined) return config.secretList;
  const file = join(config.dataDir, 'secret');
  if (!existsSync(file)) makeSecret(config.dataDir, file);
  return readFileSync(file, 'utf8').trim();
}

/**
 * Puts a whole secret under its name in one step, flushed to the disk: neither another process nor whoever
 * starts after a power failure finds an empty one, under which nothing that was sealed would ever open again.
 */
function makeSecret(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${randomToken(6)}`;
  writeFileSync(unfinished, `${randomToken(32)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished);
  }
}
