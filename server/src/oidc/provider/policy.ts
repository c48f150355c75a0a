import type { interactionPolicy } from 'oidc-provider';
import type { Library } from '../library.ts';

/**
 * When a login is asked for: as OpenID Connect says (no session, `prompt=login`, `max_age`, a hint at somebody
 * else), and where the account of the session may not be used any more. Apps are the project's own, so nobody
 * is asked for consent; `prompt=consent`, which many libraries send, is taken and passed over.
 */
export function loginPolicy({ interactionPolicy }: Library): interactionPolicy.DefaultPolicy {
  const { base, Check } = interactionPolicy;
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
  return policy;
}
