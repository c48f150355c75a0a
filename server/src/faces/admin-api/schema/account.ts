import { builder } from './builder.ts';

/** A claim about a user that was verified. */
export const Claim = builder.objectRef<{ name: string; value: string }>('Claim').implement({
  description: 'A claim about a user that was verified, such as an e-mail address.',
  fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
});

const LockedIP = builder.objectRef<{ ipAddress: string; lockedUntil: Date }>('LockedIP').implement({
  fields: (t) => ({
    ipAddress: t.exposeString('ipAddress'),
    lockedUntil: t.expose('lockedUntil', { type: 'DateTime' }),
  }),
});

interface Lockout {
  isLocked: boolean;
  lockedIPs: { ipAddress: string; lockedUntil: Date }[];
  lockedUntil: Date | null;
  lockoutType: string;
}

/** Whether too many wrong tries have locked an account. */
export const AccountLockout = builder.objectRef<Lockout>('AccountLockout').implement({
  description: 'Whether too many wrong tries have locked the account.',
  fields: (t) => ({
    isLocked: t.exposeBoolean('isLocked'),
    lockedIPs: t.field({ type: [LockedIP], resolve: ({ lockedIPs }) => lockedIPs }),
    lockedUntil: t.expose('lockedUntil', { type: 'DateTime', nullable: true }),
    lockoutType: t.exposeString('lockoutType'),
  }),
});
