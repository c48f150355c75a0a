import { z } from 'zod';

export const LOGIN_ID_TYPES = ['email', 'phone', 'username'] as const;

/** What users of a project are found by. */
export const loginSettings = z.strictObject({
  identity_types: z
    .array(z.enum(LOGIN_ID_TYPES))
    .min(1)
    .default([...LOGIN_ID_TYPES])
    .transform((types) => [...new Set(types)])
    .describe('the kinds of login ids that users can be given: email, phone, username'),
});

export type LoginSettings = z.output<typeof loginSettings>;
