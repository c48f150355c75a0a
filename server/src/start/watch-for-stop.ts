const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Why a server stops: the signal it got, or what it cannot go on without. */
export type StopReason = NodeJS.Signals | Error;

/** Listens for what stops a server. Made before anything is started, so that nothing started is left behind. */
export interface StopWatch {
  /** Resolves once, with the first reason there is. */
  stopped: Promise<StopReason>;
  /** Gives a reason of our own, such as a lost database. */
  stop(reason: Error): void;
}

/** Starts listening. A second signal ends the process at once, for whoever does not want to wait. */
export function watchForStop(): StopWatch {
  const { promise, resolve } = Promise.withResolvers<StopReason>();
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      resolve(signal);
    });
  }
  return { stopped: promise, stop: resolve };
}
