import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash as argon2Hash, verify as argon2Verify, type Options, parseOptions } from '@node-rs/argon2';
import { createQueue } from './queue.ts';

/** Makes and checks password hashes, off the event loop and as many at once as there are cores. */
export interface Hasher {
  /**
   * @param source who asks, such as an address: those who wait get their turns by sources
   * @throws ServiceUnavailable `HashingQueueFull`
   */
  hash(password: string, source?: string): Promise<string>;
  /**
   * Whether the hash is one of this password. A hash that cannot be read is none of any.
   * @param source as with `hash`
   * @throws ServiceUnavailable `HashingQueueFull`
   */
  verify(hash: string, password: string, source?: string): Promise<boolean>;
  /** Whether the hash was made with other parameters than new ones are. */
  needsRehash(hash: string): boolean;
}

/** argon2id as the OWASP Password Storage Cheat Sheet asks: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** `Algorithm.Argon2id` and `Version.V0x13` of the library, whose const enums cannot be imported. */
const ARGON2ID = 2;
const V0X13 = 1;

const OPTIONS: Options = { ...PARAMETERS, algorithm: ARGON2ID, version: V0X13 };

/** At 17 ms a hash, 100 waiting ones for each core are less than two seconds of waiting. */
const WAITING_PER_CORE = 100;

const base64 = (bytes: number): string => randomBytes(bytes).toString('base64').replaceAll('=', '');

/** A hash of no password, for the same work where there is none to compare with. */
export const DUMMY_HASH = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$${base64(16)}$${base64(PARAMETERS.outputLen)}`;

function readParameters(hash: string): ReturnType<typeof parseOptions> | undefined {
  try {
    return parseOptions(hash);
  } catch {
    return undefined;
  }
}

/**
 * Makes a hasher.
 * @param options.concurrency hashes worked on at once; the number of cores unless told
 * @param options.queue how many more may wait before callers are refused
 */
export function createHasher(options: { concurrency?: number; queue?: number } = {}): Hasher {
  const concurrency = options.concurrency ?? availableParallelism();
  const run = createQueue(concurrency, options.queue ?? concurrency * WAITING_PER_CORE);
  return {
    hash: (password, source) => run(() => argon2Hash(password, OPTIONS), source),
    verify: (hash, password, source) =>
      run(async () => {
        if (readParameters(hash) !== undefined) return argon2Verify(hash, password);
        await argon2Verify(DUMMY_HASH, password);
        return false;
      }, source),
    needsRehash(hash) {
      const made = readParameters(hash);
      return (
        made === undefined ||
        made.algorithm !== (ARGON2ID as number) ||
        made.version !== (V0X13 as number) ||
        made.memoryCost !== PARAMETERS.memoryCost ||
        made.timeCost !== PARAMETERS.timeCost ||
        made.parallelism !== PARAMETERS.parallelism
      );
    },
  };
}
