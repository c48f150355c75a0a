import { z } from 'zod';

export const RECOVERY_METHODS = ['link', 'code'] as const;

/** How users who lost their password get back in. */
export const recoverySettings = z.strictObject({
  methods: z
    .array(z.enum(RECOVERY_METHODS))
    .min(1)
    .default([...RECOVERY_METHODS])
    .transform((methods) => [...new Set(methods)])
    .describe('what can be mailed to who forgot the password: link, code'),
  link_lifetime_minutes: z
    .int()
    .min(1)
    .max(1_440)
    .default(20)
    .describe('how many minutes a mailed link works, 1 to 1440'),
  code_lifetime_minutes: z
    .int()
    .min(1)
    .max(60)
    .default(5)
    .describe('how many minutes a mailed code works, 1 to 60'),
  requests_per_ip_per_hour: z
    .int()
    .min(1)
    .max(100_000)
    .default(60)
    .describe('how often one IP address may ask for a link or code in an hour'),
  choose_destination: z
    .boolean()
    .default(false)
    .describe('users choose which of their addresses it goes to; tells anybody whether an account exists'),
});

export type RecoverySettings = z.output<typeof recoverySettings>;
