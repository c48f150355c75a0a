import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Origin } from '../../audit/index.ts';
import type { FinishedLogin } from '../../login/index.ts';
import type { Project } from '../../projects/index.ts';

/** A login that an app has asked for, as the pages need to know it. */
export interface PendingLogin {
  uid: string;
  /** The app that asked. */
  clientID?: string;
  clientName?: string;
  loginHint?: string;
  uiLocales?: string;
  /** Where the app wants the browser back. */
  redirectURI?: string;
}

/** The session of who is signed in in this browser. */
export interface OwnSession {
  userID: string;
  sessionUID: string;
  sessionEpoch: number;
}

/** Where an app wants people to go who come from a page of ours. */
export interface AppAddresses {
  /** Begins a login there (OpenID Connect Core 1.0, section 4). */
  initiateLoginURI?: string;
  /** Its home page. */
  clientURI?: string;
}

/** What the pages need of OpenID Connect. */
export interface LoginInteractions {
  /** The login this browser has pending under this address; undefined when there is none (any more). */
  interaction(
    project: Project,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<PendingLogin | undefined>;
  /** Hands over who signed in; returns where the browser goes next. */
  finishLogin(
    project: Project,
    request: IncomingMessage,
    response: ServerResponse,
    login: FinishedLogin,
  ): Promise<string>;
  /** Who is signed in in this browser, if anybody. */
  signedIn(
    project: Project,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<OwnSession | undefined>;
  /** Gives this browser's session another id, once its user has proved their password in it. */
  renewSession(project: Project, request: IncomingMessage, response: ServerResponse): Promise<void>;
  clients(project: Project): { find(clientID: string): Promise<AppAddresses | undefined> };
  /** Ends this browser's session. */
  signOut(
    project: Project,
    request: IncomingMessage,
    response: ServerResponse,
    origin: Origin,
  ): Promise<void>;
}
