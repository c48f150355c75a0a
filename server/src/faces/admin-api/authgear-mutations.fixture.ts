/** The mutations of Authgear's Admin API that work here, with what they take and return. */
export const AUTHGEAR_MUTATIONS = /* GraphQL */ `
input AuthenticatorDefinition {
  kind: AuthenticatorKind!
  oobOtpEmail: AuthenticatorDefinitionOOBOTPEmail
  oobOtpSMS: AuthenticatorDefinitionOOBOTPSMS
  password: AuthenticatorDefinitionPassword
  type: AuthenticatorType!
}

input AuthenticatorDefinitionOOBOTPEmail {
  email: String!
}

input AuthenticatorDefinitionOOBOTPSMS {
  phone: String!
}

input AuthenticatorDefinitionPassword {
  password: String!
}

input CreateAuthenticatorInput {
  definition: AuthenticatorDefinition!
  userID: ID!
}

type CreateAuthenticatorPayload {
  authenticator: Authenticator!
}

input CreateUserInput {
  accountValidFrom: DateTime
  accountValidUntil: DateTime
  definition: IdentityDefinition!
  password: String
  sendPassword: Boolean
  setPasswordExpired: Boolean
}

type CreateUserPayload {
  user: User!
}

input DeleteAuthenticatorInput {
  authenticatorID: ID!
}

type DeleteAuthenticatorPayload {
  user: User!
}

input DeleteUserInput {
  reason: String
  userID: ID!
}

type DeleteUserPayload {
  deletedUserID: ID!
}

input IdentityDefinition {
  loginID: IdentityDefinitionLoginID
}

input IdentityDefinitionLoginID {
  key: String!
  value: String!
}

type Mutation {
  createAuthenticator(input: CreateAuthenticatorInput!): CreateAuthenticatorPayload!
  createUser(input: CreateUserInput!): CreateUserPayload!
  deleteAuthenticator(input: DeleteAuthenticatorInput!): DeleteAuthenticatorPayload!
  deleteUser(input: DeleteUserInput!): DeleteUserPayload!
  resetPassword(input: ResetPasswordInput!): ResetPasswordPayload!
  revokeAllSessions(input: RevokeAllSessionsInput!): RevokeAllSessionsPayload!
  revokeSession(input: RevokeSessionInput!): RevokeSessionPayload!
  sendResetPasswordMessage(input: SendResetPasswordMessageInput!): Boolean
  setAccountValidFrom(input: SetAccountValidFromInput!): SetAccountValidFromPayload!
  setAccountValidPeriod(input: SetAccountValidPeriodInput!): SetAccountValidPeriodPayload!
  setAccountValidUntil(input: SetAccountValidUntilInput!): SetAccountValidUntilPayload!
  setDisabledStatus(input: SetDisabledStatusInput!): SetDisabledStatusPayload!
  setPasswordExpired(input: SetPasswordExpiredInput!): SetPasswordExpiredPayload!
  updateUser(input: UpdateUserInput!): UpdateUserPayload!
}

input ResetPasswordInput {
  password: String
  sendPassword: Boolean
  setPasswordExpired: Boolean
  userID: ID!
}

type ResetPasswordPayload {
  user: User!
}

input RevokeAllSessionsInput {
  userID: ID!
}

type RevokeAllSessionsPayload {
  user: User!
}

input RevokeSessionInput {
  sessionID: ID!
}

type RevokeSessionPayload {
  user: User!
}

input SendResetPasswordMessageInput {
  loginID: ID!
}

input SetAccountValidFromInput {
  accountValidFrom: DateTime
  userID: ID!
}

type SetAccountValidFromPayload {
  user: User!
}

input SetAccountValidPeriodInput {
  accountValidFrom: DateTime
  accountValidUntil: DateTime
  userID: ID!
}

type SetAccountValidPeriodPayload {
  user: User!
}

input SetAccountValidUntilInput {
  accountValidUntil: DateTime
  userID: ID!
}

type SetAccountValidUntilPayload {
  user: User!
}

input SetDisabledStatusInput {
  isDisabled: Boolean!
  reason: String
  temporarilyDisabledFrom: DateTime
  temporarilyDisabledUntil: DateTime
  userID: ID!
}

type SetDisabledStatusPayload {
  user: User!
}

input SetPasswordExpiredInput {
  expired: Boolean!
  userID: ID!
}

type SetPasswordExpiredPayload {
  user: User!
}

input UpdateUserInput {
  customAttributes: UserCustomAttributes
  standardAttributes: UserStandardAttributes
  userID: ID!
}

type UpdateUserPayload {
  user: User!
}
`;
