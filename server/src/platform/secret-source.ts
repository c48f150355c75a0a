import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${randomToken(32)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
