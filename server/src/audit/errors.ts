import { invalid } from '../platform/errors.ts';

/** Every reason reading the log can be refused for. */
export type AuditErrorReason = 'InvalidCursor';

export const invalidCursor = () =>
  invalid('InvalidCursor' satisfies AuditErrorReason, 'the cursor was not given out by this list');
