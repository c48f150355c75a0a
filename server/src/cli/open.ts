import type { Acting } from '../audit/index.ts';
import type { Capabilities } from '../capabilities.ts';
import type { CommandIO } from './io.ts';

/** Who acts in a command: whoever may run it on this machine. */
export const BY_COMMAND_LINE: Acting = { actor: { type: 'command_line' }, origin: {} };

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Opens the capabilities for as long as the work takes, whether a server runs on the same database or not.
 * Nothing of it is loaded before a command needs it. The log is silent unless `LOG_LEVEL` asks for it, and
 * then goes to standard error. A command that only looks changes nothing, not even what a start would.
 */
export async function withCapabilities<T>(
  io: CommandIO,
  work: (capabilities: Capabilities) => Promise<T>,
  { looksOnly = false }: { looksOnly?: boolean } = {},
): Promise<T> {
  const [{ readConfig }, { createLog }, { openCapabilities }] = await Promise.all([
    import('../platform/config.ts'),
    import('../platform/log.ts'),
    import('../capabilities.ts'),
  ]);
  const config = readConfig(io.env);
  const level = io.env.LOG_LEVEL ? config.logLevel : 'silent';
  const log = createLog({ level }, { write: (line) => void io.stderr.write(line) });
  const capabilities = await openCapabilities({ config, log, looksOnly });
  const stopListening = closeOnSignal(() => capabilities.close());
  try {
    return await work(capabilities);
  } finally {
    stopListening();
    await capabilities.close();
  }
}

/** A command that is interrupted still gives back the embedded database that it started. */
function closeOnSignal(close: () => Promise<void>): () => void {
  const names = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[];
  const listeners = names.map((signal) => {
    const end = () => process.exit(SIGNALS[signal]);
    const listener = () => void close().then(end, end);
    process.once(signal, listener);
    return () => void process.off(signal, listener);
  });
  return () => {
    for (const stop of listeners) stop();
  };
}
