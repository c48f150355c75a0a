import type { JWK } from 'jose';
import type { Acting } from '../audit/index.ts';

/** One pool of users with settings, keys, clients and an origin of its own. */
export interface Project {
  id: string;
  name: string;
  /** Always absolute and without a path, such as `https://login.example.com`. */
  origin: string;
  /** Raised by each change of what processes cache of the project. */
  revision: string;
}

/** Whether a text can be a project's id: a label of a host name (RFC 1123), because the id can become one. */
export const isProjectID = (text: string): boolean => /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(text);

/** The id of the first project, whose users may be collaborators of projects. */
export const HOME = 'home';

/** What a collaborator may do in a project, the least first. */
export const ROLES = ['viewer', 'editor', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** Whether a role may do what the other may; nobody's role reaches none. */
export const reaches = (role: Role | undefined, required: Role): boolean =>
  role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(required);

/** Somebody who works on a project: a user of the home project. */
export interface Collaborator {
  projectID: string;
  userID: string;
  role: Role;
  createdAt: Date;
}

/** A key that requests to the Admin API are signed with. Only its public half is kept. */
export interface AdminKey {
  /** Stands in the header `kid` of the tokens it signs. */
  id: string;
  publicJWK: JWK;
  createdBy: Acting['actor'];
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}
