import { forbidden, invalid, notFound, unauthorized } from '../../platform/errors.ts';

/** Every reason the portal's own part refuses a request for. */
export type PortalApiErrorReason =
  | 'NotSignedIn'
  | 'ForgedRequest'
  | 'RoleInsufficient'
  | 'InvalidCredentials'
  | 'UnsupportedMediaType'
  | 'InvalidRequestBody'
  | 'ProjectNotFound'
  | 'NotFound';

export const notSignedIn = () =>
  unauthorized('NotSignedIn' satisfies PortalApiErrorReason, 'sign in to the portal first');

export const forgedRequest = () =>
  forbidden(
    'ForgedRequest' satisfies PortalApiErrorReason,
    'the request did not come from a page of the portal',
  );

/** Not 401: the operator is signed in, and stays so. */
export const wrongPassword = () =>
  forbidden('InvalidCredentials' satisfies PortalApiErrorReason, 'this is not your password');

export const notJSON = () =>
  invalid('UnsupportedMediaType' satisfies PortalApiErrorReason, 'send the request as application/json');

export const invalidBody = (message: string) =>
  invalid('InvalidRequestBody' satisfies PortalApiErrorReason, message);

/** The same for a project that is not there and one that the operator does not work on. */
export const noSuchProject = () =>
  notFound('ProjectNotFound' satisfies PortalApiErrorReason, 'you work on no project of this id');

export const mayNotCreateProjects = () =>
  forbidden(
    'RoleInsufficient' satisfies PortalApiErrorReason,
    'only an owner of the home project may make projects',
    { required: 'owner' },
  );

export const noSuchEndpoint = () =>
  notFound('NotFound' satisfies PortalApiErrorReason, "the portal's API has nothing at this address");
