import { invalid } from '../platform/errors.ts';

/** Every reason a recovery can be refused for, beside those of codes and passwords. */
export type RecoveryErrorReason = 'RecoveryMethodDisabled' | 'RecoveryNoTarget' | 'RecoveryNotPossible';

export const methodDisabled = (kind: string, enabled: readonly string[]) =>
  invalid(
    'RecoveryMethodDisabled' satisfies RecoveryErrorReason,
    `"${kind}" is not offered here: use ${enabled.join(' or ')}`,
    { kind, enabled },
  );

export const noTarget = () =>
  invalid(
    'RecoveryNoTarget' satisfies RecoveryErrorReason,
    'no target to send the link to: the user has no e-mail login id',
  );

export const notPossible = () =>
  invalid(
    'RecoveryNotPossible' satisfies RecoveryErrorReason,
    'this account cannot be signed in to: it is disabled, not valid at this moment, anonymized or to be deleted',
  );
