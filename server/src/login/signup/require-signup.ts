import { acceptsSignup } from '../../projects/index.ts';
import { signupDisabled } from '../errors.ts';
import type { SignupDeps } from './deps.ts';

/**
 * Whether people may make an account of their own is asked at each act: it may be taken back in the middle.
 * @throws Forbidden `SignupDisabled`
 */
export async function requireSignup({ projects, project }: SignupDeps): Promise<void> {
  const { login } = await projects.settings(project);
  if (!acceptsSignup(login)) throw signupDisabled();
}
