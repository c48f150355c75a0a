const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Signals that come closer together are one and the same wish: Ctrl-C reaches the server from the terminal and,
 * where `npm start` runs it, from npm once more.
 */
const ONE_WISH_MS = 250;

/** Why a server stops: the signal it got, or what it cannot go on without. */
export type StopReason = NodeJS.Signals | Error;

/** Listens for what stops a server. Made before anything is started, so that nothing started is left behind. */
export interface StopWatch {
  /** Resolves once, with the first reason there is. */
  stopped: Promise<StopReason>;
  /** Gives a reason of our own, such as a lost database. */
  stop(reason: Error): void;
}

/** Starts listening. Another signal ends the process at once, for whoever does not want to wait. */
export function watchForStop(): StopWatch {
  const { promise, resolve } = Promise.withResolvers<StopReason>();
  let askedAt: number | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const now = performance.now();
      if (askedAt !== undefined && now - askedAt > ONE_WISH_MS) process.exit(1);
      askedAt ??= now;
      resolve(signal);
    });
  }
  return { stopped: promise, stop: resolve };
}
