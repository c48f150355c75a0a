import { z } from 'zod';

export const LOGIN_ID_TYPES = ['email', 'phone', 'username'] as const;

/** What users of a project are found by, and whether people may make an account of their own. */
export const loginSettings = z.strictObject({
  identity_types: z
    .array(z.enum(LOGIN_ID_TYPES))
    .min(1)
    .default([...LOGIN_ID_TYPES])
    .transform((types) => [...new Set(types)])
    .describe('the kinds of login ids that users can be given: email, phone, username'),
  signup_enabled: z
    .boolean()
    .default(true)
    .describe('people may create an account of their own, with an e-mail address that they prove by a code'),
});

export type LoginSettings = z.output<typeof loginSettings>;

/** Whether people may make an account of their own; they prove an e-mail address, so it takes that kind of login id. */
export const acceptsSignup = ({ signup_enabled, identity_types }: LoginSettings): boolean =>
  signup_enabled && identity_types.includes('email');
