import { type ErrorInfo, forbidden, invalid, type LatchkeyError, notFound } from '../../platform/errors.ts';

/** Every reason that this face itself refuses something for; those of the acts come on top. */
export type AdminApiErrorReason =
  | 'AdminKeyNotFound'
  | 'AuthenticatorNotFound'
  | 'BatchNotSupported'
  | 'ClientNotFound'
  | 'GetUsersInvalidArgument'
  | 'GraphQLValidationFailed'
  | 'InvalidAdminKey'
  | 'InvalidCollaboratorID'
  | 'InvalidAuthenticatorDefinition'
  | 'InvalidAuthenticatorID'
  | 'InvalidCursor'
  | 'InvalidIdentityDefinition'
  | 'InvalidJSON'
  | 'InvalidMailID'
  | 'InvalidMessageID'
  | 'InvalidPage'
  | 'InvalidPageSize'
  | 'InvalidRequestBody'
  | 'InvalidSettingChange'
  | 'InvalidSessionID'
  | 'InvalidText'
  | 'InvalidUserID'
  | 'InvariantViolated'
  | 'MessageNotFound'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'OperatorRequired'
  | 'QueryTooCostly'
  | 'QueryTooDeep'
  | 'QueryTooLong'
  | 'QueryTooManyAliases'
  | 'ReauthenticationRequired'
  | 'RequestTooLarge'
  | 'RoleInsufficient'
  | 'TooManyFilters'
  | 'TooManyIDs'
  | 'TooManyLoginIDs'
  | 'TooManySettings'
  | 'UnknownOperation'
  | 'UnsupportedMediaType';

type Make = (reason: AdminApiErrorReason, message: string, info?: ErrorInfo) => LatchkeyError;

/** The input is wrong; the message names the argument and the fix. */
export const badInput: Make = invalid;
/** Known, but not allowed. */
export const refused: Make = forbidden;
/** No such thing in this project. */
export const missing: Make = notFound;

/** A list holds more than it may. */
export const tooMany = (
  reason: 'TooManyFilters' | 'TooManyIDs' | 'TooManyLoginIDs' | 'TooManySettings',
  name: string,
  maximum: number,
): LatchkeyError => badInput(reason, `"${name}" holds more than ${maximum} values`, { maximum });
