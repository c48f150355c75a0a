import { expect } from 'vitest';
import type { ArrivedMail, TestMailServer } from './smtp.ts';

const PATIENCE_MS = 30_000;

/** Hands out the mails of each recipient one after the other, and waits for the next where none is left. */
export function mailReader({ arrived }: TestMailServer): (recipient: string) => Promise<ArrivedMail> {
  const read = new Set<ArrivedMail>();
  return async (recipient) => {
    const next = () => arrived.find((mail) => !read.has(mail) && mail.recipients.includes(recipient));
    await expect.poll(next, { timeout: PATIENCE_MS, message: `a mail to ${recipient}` }).toBeDefined();
    const mail = next() as ArrivedMail;
    read.add(mail);
    return mail;
  };
}
