import { notFound } from '../platform/errors.ts';

/** Every reason an act of this capability can be refused for. */
export type SessionErrorReason = 'SessionNotFound';

export const sessionNotFound = () =>
  notFound('SessionNotFound' satisfies SessionErrorReason, 'session not found, or it has ended already');
