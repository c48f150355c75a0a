import type { Config } from '../../platform/config.ts';
import { verifyMailServer } from '../../platform/mail/index.ts';
import { type Check, fine, wrong } from './check.ts';

/** A mail server, and what names it. */
export interface NamedServer {
  name: string;
  url: string;
}

/**
 * Connects to each mail server that is set: the one of the process, and those that projects have of their own.
 * A password in an address is not shown.
 */
export async function checkMail(config: Config, ofProjects: readonly NamedServer[]): Promise<Check> {
  const own = config.smtpURL === undefined ? [] : [{ name: 'SMTP_URL', url: config.smtpURL }];
  const servers = [...own, ...ofProjects];
  if (servers.length === 0) {
    return config.production
      ? wrong('no mail server is set, and mails wait: set SMTP_URL to smtp://user:password@host:587')
      : fine('no mail server is set: mails stay in the built-in mailbox');
  }
  const verdicts = await Promise.all(
    servers.map(async ({ name, url }) => {
      const problem = await verifyMailServer(url);
      const where = `${new URL(url).host} (${name})`;
      return problem === undefined ? fine(`${where} answers`) : wrong(`${where}: ${problem}`);
    }),
  );
  return { ok: verdicts.every(({ ok }) => ok), detail: verdicts.map(({ detail }) => detail).join('; ') };
}
