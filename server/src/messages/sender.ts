import { isIP } from 'node:net';
import type { MessageSettings, Project } from '../projects/index.ts';

/** The domain of a project's addresses: its origin's host; a bare IP address as a literal (RFC 5321, section 4.1.3). */
export function mailDomain({ origin }: Pick<Project, 'origin'>): string {
  const host = new URL(origin).hostname;
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(bare);
  if (family === 0) return host;
  return family === 4 ? `[${bare}]` : `[IPv6:${bare}]`;
}

/** Who a project's mails come from: what its settings say, else its name and an address nobody reads. */
export const senderOf = (
  project: Pick<Project, 'name' | 'origin'>,
  settings: MessageSettings,
): { name: string; address: string } => ({
  name: settings.sender_name ?? project.name,
  address: settings.sender_address ?? `no-reply@${mailDomain(project)}`,
});
