import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { Origin } from '../../audit/index.ts';
import type { Project } from '../../projects/index.ts';
import { NOT_KEPT } from './headers.ts';
import type { PendingLogin } from './ports.ts';

/** What a request brings along: the project its host belongs to, and who sent it from where. */
export interface PageEnv {
  Bindings: { incoming: IncomingMessage; outgoing: ServerResponse };
  Variables: {
    project: Project;
    origin: Origin;
    /** The login the request belongs to, once it is found: pages speak its language and may lead to its app. */
    login?: PendingLogin;
  };
}

export type PageContext = Context<PageEnv>;

/** Whether the project is served over https, by its configured origin and not by what the request says. */
export const isSecure = (c: PageContext): boolean => c.get('project').origin.startsWith('https:');

/** Sends the browser on with a GET, whatever it came with. */
export function leadTo(c: PageContext, address: string): Response {
  for (const [name, value] of Object.entries(NOT_KEPT)) c.header(name, value);
  return c.redirect(address, 303);
}
