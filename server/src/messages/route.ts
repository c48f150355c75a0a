import type { Config } from '../platform/config.ts';
import type { Project, Settings } from '../projects/index.ts';
import { senderOf } from './sender.ts';

/** What of a process's settings decides where mail goes. */
export type MailConfig = Readonly<Pick<Config, 'smtpURL' | 'production'>>;

/** `server`: an SMTP server is set. `mailbox`: the built-in one keeps it. `waiting`: until a server is set. */
export type MailRoute = 'server' | 'mailbox' | 'waiting';

/** Where the mails of a project with these settings go at the moment. */
export function mailRoute(config: MailConfig, settings: Pick<Settings, 'messages'>): MailRoute {
  if (mailServer(config, settings)) return 'server';
  return config.production ? 'waiting' : 'mailbox';
}

/** The address of the mail server: the project's own, else the one of the process. It may hold a password. */
export const mailServer = (config: MailConfig, settings: Pick<Settings, 'messages'>): string | undefined =>
  settings.messages.smtp_url ?? config.smtpURL;

/** Where a project's mails go and who they come from, for people. `project` and `server` tell whose mail server it is. */
export interface MailDelivery {
  route: 'project' | 'server' | 'mailbox' | 'waiting';
  senderName: string;
  senderAddress: string;
}

/** How the mails of a project leave at the moment. */
export function mailDelivery(config: MailConfig, project: Project, settings: Settings): MailDelivery {
  const { name, address } = senderOf(project, settings.messages);
  const route = settings.messages.smtp_url === null ? mailRoute(config, settings) : 'project';
  return { route, senderName: name, senderAddress: address };
}
