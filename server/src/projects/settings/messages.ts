import { z } from 'zod';

const isMailServer = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
};

/** No control character: both end up in the header of a mail. */
const headerText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u);

/** How a project's messages are sent. Whoever may set `smtp_url` sees its password no more. */
export const messageSettings = z.strictObject({
  smtp_url: z
    .string()
    .max(2_000)
    .refine(isMailServer, 'give smtp://user:password@host:587 or smtps://user:password@host:465')
    .nullable()
    .default(null)
    .describe("the project's own mail server; null takes the server's"),
  sender_name: headerText(100)
    .nullable()
    .default(null)
    .describe("the name mails come from; null takes the project's"),
  sender_address: z
    .email()
    .max(254)
    .nullable()
    .default(null)
    .describe("the address mails come from; null takes no-reply at the host of the project's origin"),
});

export type MessageSettings = z.output<typeof messageSettings>;
