import { type Config, ConfigError, readConfig } from '../../platform/config.ts';
import { type Check, fine, wrong } from './check.ts';

/** Reads the settings; without a config nothing else can be looked at. */
export function checkSettings(env: Record<string, string | undefined>): { check: Check; config?: Config } {
  try {
    const config = readConfig(env);
    const where = config.publicOrigin?.origin ?? `http://localhost:${config.port}`;
    return { check: fine(`${config.production ? 'production, ' : ''}${where}`), config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { check: wrong(error.problems.join(' ')) };
  }
}
