import type { interactionPolicy } from 'oidc-provider';
import type { Library } from '../library.ts';

/** The value of `prompt` that asks for a new account (Initiating User Registration via OpenID Connect 1.0). */
export const CREATE = 'create';

/**
 * When a login is asked for: as OpenID Connect says (no session, `prompt=login`, `max_age`, a hint at somebody
 * else), and where the account of the session may not be used any more. Apps are the project's own, so nobody
 * is asked for consent; `prompt=consent`, which many libraries send, is taken and passed over. `prompt=create`
 * asks for a login that begins with the sign-up, also of who is signed in.
 *
 * @param withSignup whether people may make an account of their own; otherwise nobody can ask for it
 */
export function loginPolicy(
  { interactionPolicy }: Library,
  withSignup: boolean,
): interactionPolicy.DefaultPolicy {
  const { base, Check, Prompt } = interactionPolicy;
  const policy = base();
  policy
    .get('login')
    ?.checks.add(
      new Check(
        'account_unusable',
        'the account of the session may not be used',
        'login_required',
        ({ oidc }) => oidc.session?.accountId !== undefined && oidc.account === undefined,
      ),
    );
  policy.get('consent')?.checks.clear();
  if (withSignup) policy.add(new Prompt({ name: CREATE, requestable: true }), 0);
  return policy;
}
