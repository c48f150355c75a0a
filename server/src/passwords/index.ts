export { changePassword } from './change.ts';
export { createAuthenticator } from './create-authenticator.ts';
export { createFirstOperator } from './create-first-operator.ts';
export { createOperator } from './create-operator.ts';
export { createUser, type NewUser } from './create-user.ts';
export { deleteAuthenticator } from './delete-authenticator.ts';
export type { AttemptDeps, OperatorDeps, PasswordDeps } from './deps.ts';
export { generatePassword } from './generator.ts';
export { createHasher, type Hasher } from './hasher.ts';
export { type Invited, inviteOperator } from './invite-operator.ts';
export {
  type Authenticator,
  type Cause,
  type CauseName,
  MAX_PASSWORD_LENGTH,
  type StoredPassword,
} from './model.ts';
export { checkPolicy } from './policy.ts';
export { recoverPassword } from './recover.ts';
export { resetPassword } from './reset.ts';
export { resetLockout } from './reset-lockout.ts';
export { setPasswordExpired } from './set-expired.ts';
export { signUp } from './sign-up.ts';
export { authenticatorStore, passwordOf } from './store.ts';
export { passwordStrength } from './strength.ts';
export { verifyPassword } from './verify.ts';
