import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Acting, Origin } from '../audit/index.ts';
import type { Project } from '../projects/index.ts';

/** What kind of app it is; decides how it proves itself and where it may send the browser back. */
export const CLIENT_TYPES = ['spa', 'web', 'native', 'm2m'] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

/** An app that signs its users in here. Its secret is shown once, when it is made. */
export interface Client {
  clientID: string;
  name: string;
  type: ClientType;
  redirectURIs: string[];
  postLogoutRedirectURIs: string[];
  /** Its home page. */
  clientURI?: string;
  /** Where a sign-in to it is begun from here (OpenID Connect Core 1.0, section 4). */
  initiateLoginURI?: string;
  /** Where it is told that a session has ended (OpenID Connect Back-Channel Logout 1.0). */
  backchannelLogoutURI?: string;
  createdAt: Date;
  updatedAt: Date;
}

/** The single addresses of an app: https, or http on the loopback. */
export type ClientURIField = 'clientURI' | 'initiateLoginURI' | 'backchannelLogoutURI';

type ClientURIs = Partial<Record<ClientURIField, string | null>>;

export interface NewClient extends ClientURIs {
  name: string;
  type: ClientType;
  /** Exact addresses; none for `m2m`, which has no user. */
  redirectURIs: string[];
  postLogoutRedirectURIs?: string[];
}

/** What is to be different of an app. What is absent stays; an address of null is taken away. */
export type ClientChanges = Partial<Omit<NewClient, 'type'>>;

/** The apps of one project; the built-in ones are not among them. */
export interface Clients {
  /**
   * Makes an app. `web` and `m2m` get a secret, returned here only.
   * @throws Invalid `InvalidClientName`, `InvalidClientType`, `InvalidRedirectURI`, `InvalidClientURI`
   */
  create(input: NewClient, acting: Acting): Promise<{ clientID: string; clientSecret?: string }>;
  /**
   * Changes an app; its type and its secret stay.
   * @throws NotFound `ClientNotFound`; Invalid `InvalidClientName`, `InvalidRedirectURI`, `InvalidClientURI`
   */
  update(clientID: string, changes: ClientChanges, acting: Acting): Promise<void>;
  /**
   * Removes an app; its tokens are void at once.
   * @throws NotFound `ClientNotFound`
   */
  remove(clientID: string, acting: Acting): Promise<void>;
  /**
   * Gives an app another secret, returned here only; the one before stops at once.
   * @throws NotFound `ClientNotFound`; Invalid `ClientHasNoSecret`
   */
  rotateSecret(clientID: string, acting: Acting): Promise<{ clientSecret: string }>;
  /** The first made first. */
  list(): Promise<Client[]>;
  find(clientID: string): Promise<Client | undefined>;
}

/** A login that an app has asked for and that is not done. */
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

/** Who has proved who they are, and under which state of the account. */
export interface ProvedLogin {
  userID: string;
  sessionEpoch: number;
  passwordVersion: number;
  /** Authentication methods, RFC 8176. */
  amr: string[];
  provedAt: Date;
}

/** Somebody who is signed in. */
export interface SignedIn {
  userID: string;
  /** Names the session through all its life; opens nothing. */
  sessionUID: string;
  sessionEpoch: number;
  /** When they last proved who they are. */
  authenticatedAt: Date;
}

export interface CodeRedemption {
  clientID: string;
  code: string;
  /** RFC 7636 */
  codeVerifier: string;
  redirectURI: string;
}

/** OpenID Connect for every project. */
export interface Oidc {
  /** Answers `/.well-known/openid-configuration` and `/oauth2/*`; `origin` says where the request came from. */
  handle(project: Project, request: IncomingMessage, response: ServerResponse, origin: Origin): Promise<void>;
  /** The login this browser has pending at this address; undefined when there is none (any more). */
  interaction(
    project: Project,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<PendingLogin | undefined>;
  /**
   * Hands over who signed in; returns where the browser goes next.
   * @throws NotFound `LoginNotFound` when the login ran out meanwhile
   */
  finishLogin(
    project: Project,
    request: IncomingMessage,
    response: ServerResponse,
    login: ProvedLogin,
  ): Promise<string>;
  /** Who is signed in in this browser, if anybody. */
  signedIn(
    project: Project,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<SignedIn | undefined>;
  /** Gives this browser's session another id, once its user has proved their password in it. */
  renewSession(project: Project, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends this browser's session and takes its cookie away. */
  signOut(
    project: Project,
    request: IncomingMessage,
    response: ServerResponse,
    origin?: Origin,
  ): Promise<void>;
  /**
   * Redeems a code of a built-in client in-process, where no token is wanted.
   * @throws Invalid `InvalidGrant`, whatever is wrong with it
   */
  redeemCode(project: Project, redemption: CodeRedemption): Promise<SignedIn>;
  /** Ends a session by its name; nothing happens where there is none. */
  endSession(project: Project, sessionUID: string, origin?: Origin): Promise<void>;
  clients(project: Project): Clients;
}
