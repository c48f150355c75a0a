import { alreadyExists, forbidden, invalid, notFound } from '../platform/errors.ts';

/** Every reason an act of this capability can be refused for. */
export type ProjectErrorReason =
  | 'ProjectNotFound'
  | 'ProjectExists'
  | 'ProjectOriginTaken'
  | 'InvalidProject'
  | 'UnknownSetting'
  | 'InvalidSetting'
  | 'AdminKeyNotFound'
  | 'MayNotActOnCollaborator'
  | 'CollaboratorExists'
  | 'CollaboratorNotFound'
  | 'LastOwner'
  | 'FirstRunLinkInvalid';

type Of<Make extends (reason: string, message: string, info?: Record<string, unknown>) => unknown> = (
  reason: ProjectErrorReason,
  message: string,
  info?: Record<string, unknown>,
) => ReturnType<Make>;

export const invalidProject: Of<typeof invalid> = invalid;
export const projectConflict: Of<typeof alreadyExists> = alreadyExists;

export const projectNotFound = (id: string) =>
  notFound('ProjectNotFound' satisfies ProjectErrorReason, `there is no project "${id}"`);

export const adminKeyNotFound = () =>
  notFound('AdminKeyNotFound' satisfies ProjectErrorReason, 'this project has no such key');

export const mayNotActOnCollaborator = (message: string) =>
  forbidden('MayNotActOnCollaborator' satisfies ProjectErrorReason, message);

export const collaboratorExists = () =>
  alreadyExists(
    'CollaboratorExists' satisfies ProjectErrorReason,
    'this user works on the project already: change their role instead',
  );

export const collaboratorNotFound = () =>
  notFound('CollaboratorNotFound' satisfies ProjectErrorReason, 'nobody of this id works on the project');

export const lastOwner = (projectID: string) =>
  forbidden(
    'LastOwner' satisfies ProjectErrorReason,
    `the project "${projectID}" has no other owner: make somebody else an owner first`,
  );

export const firstRunLinkInvalid = () =>
  forbidden(
    'FirstRunLinkInvalid' satisfies ProjectErrorReason,
    'this link does not work (any more): start the server again to get a fresh one',
  );
