import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { Acting } from '../../audit/index.ts';
import type { Project } from '../../projects/index.ts';
import type { User } from '../../users/index.ts';

/** Who is signed in to the portal, as of this request. */
export interface SignedIn {
  user: User;
  /** The login session behind the portal's own. */
  sessionUID: string;
  /** SHA-256 of the id in the portal's cookie. */
  idHash: Buffer;
  /** When the operator last proved their password. */
  passwordProvedAt: Date;
}

/** What a request brings along: the project its host belongs to, who sent it from where, who is signed in. */
export interface PortalEnv {
  Bindings: { incoming: IncomingMessage; outgoing: ServerResponse };
  Variables: {
    project: Project;
    origin: Acting['origin'];
    /** Set behind `requireSignedIn`. */
    signedIn: SignedIn;
  };
}

export type PortalContext = Context<PortalEnv>;

/** Whether the portal is served over https, by the configured origin and not by what the request says. */
export const isSecure = (c: PortalContext): boolean => c.get('project').origin.startsWith('https:');
