import { AUDIT_ACTIVITY_TYPES } from '../../../audit/index.ts';
import { builder } from './builder.ts';

export const AuditLogActivityType = builder.enumType('AuditLogActivityType', {
  values: AUDIT_ACTIVITY_TYPES,
});

export const AuthenticatorKind = builder.enumType('AuthenticatorKind', {
  values: { PRIMARY: { value: 'primary' }, SECONDARY: { value: 'secondary' } } as const,
});

export const AuthenticatorType = builder.enumType('AuthenticatorType', {
  values: {
    OOB_OTP_EMAIL: { value: 'oob_otp_email' },
    OOB_OTP_SMS: { value: 'oob_otp_sms' },
    PASSKEY: { value: 'passkey' },
    PASSWORD: { value: 'password' },
    TOTP: { value: 'totp' },
  } as const,
});

export const IdentityType = builder.enumType('IdentityType', {
  values: ['ANONYMOUS', 'BIOMETRIC', 'LDAP', 'LOGIN_ID', 'OAUTH', 'PASSKEY', 'SIWE'] as const,
});

export const SessionType = builder.enumType('SessionType', { values: ['IDP', 'OFFLINE_GRANT'] as const });

export const SortDirection = builder.enumType('SortDirection', { values: ['ASC', 'DESC'] as const });

export const UserSortBy = builder.enumType('UserSortBy', {
  values: ['CREATED_AT', 'LAST_LOGIN_AT'] as const,
});
