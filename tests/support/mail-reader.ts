import type { ArrivedMail, TestMailServer } from './smtp.ts';

/**
 * Hands out the mails of each recipient one after the other, and waits for the next where none is left. Ask for
 * one at a time.
 */
export function mailReader(mailServer: TestMailServer): (recipient: string) => Promise<ArrivedMail> {
  const unread: ArrivedMail[] = [];
  return async (recipient) => {
    for (;;) {
      const found = unread.findIndex(({ recipients }) => recipients.includes(recipient));
      if (found >= 0) return unread.splice(found, 1)[0] as ArrivedMail;
      unread.push(await mailServer.next());
    }
  };
}
