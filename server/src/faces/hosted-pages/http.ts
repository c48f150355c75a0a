import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { Acting } from '../../audit/index.ts';
import type { Project } from '../../projects/index.ts';

/** What a request brings along: the project its host belongs to, and who sent it from where. */
export interface PageEnv {
  Bindings: { incoming: IncomingMessage; outgoing: ServerResponse };
  Variables: { project: Project; origin: Acting['origin'] };
}

export type PageContext = Context<PageEnv>;

/** Whether the project is served over https, by its configured origin and not by what the request says. */
export const isSecure = (c: PageContext): boolean => c.get('project').origin.startsWith('https:');
