import { useBlocker } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';

/** What keeps an operator on a page that still holds something. */
export interface LeaveGuard {
  /** Whether a navigation waits for an answer. */
  isAsked: boolean;
  stay(): void;
  leave(): void;
  /** Lets the next navigation pass: what the page held is saved. */
  release(): void;
}

/** Stops every way off the page, a link, the browser's buttons or closing it, while `held` is true. */
export function useLeaveGuard(held: boolean): LeaveGuard {
  // A ref, because the navigation after saving comes before the next render.
  const holds = useRef(held);
  useEffect(() => {
    holds.current = held;
  }, [held]);
  const blocker = useBlocker({
    shouldBlockFn: useCallback(
      ({ current, next }) => holds.current && current.pathname !== next.pathname,
      [],
    ),
    enableBeforeUnload: useCallback(() => holds.current, []),
    withResolver: true,
  });
  return {
    isAsked: blocker.status === 'blocked',
    stay: () => blocker.reset?.(),
    leave: () => blocker.proceed?.(),
    release: () => {
      holds.current = false;
    },
  };
}
