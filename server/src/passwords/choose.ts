import type { Actor } from '../audit/index.ts';
import type { PasswordSettings } from '../projects/index.ts';
import { policyViolated, typingPasswordDisabled } from './errors.ts';
import { generatePassword } from './generator.ts';
import type { Hasher } from './hasher.ts';
import type { Cause, PolicyHints } from './model.ts';
import { checkPolicy } from './policy.ts';
import { readPassword } from './text.ts';

/** A password that may be written, and its hash. */
export interface ChosenPassword {
  /** In the form that is mailed and hashed: NFC. */
  password: string;
  hash: string;
  isGenerated: boolean;
}

/**
 * A project may take typing a password away from those who administer users (ASVS 5.0, 6.4.6).
 * @param typed undefined where one is to be generated, which is always allowed
 * @throws Forbidden `TypingPasswordDisabled`
 */
export function requireTypingAllowed(
  policy: PasswordSettings,
  typed: string | undefined,
  actor: Actor,
): void {
  const administers = actor.type === 'operator' || actor.type === 'admin_api';
  if (typed !== undefined && administers && !policy.typing_by_operators) throw typingPasswordDisabled();
}

/** Rules beyond the policy, such as the history: what they find is listed with the other causes. */
type FurtherRules = () => Promise<Cause[]>;

/**
 * Makes what chooses the password of one act, whichever number of times the act has to start over: rules are
 * judged anew each time, but it is generated and hashed once.
 *
 * @param deps.source whose turn it is to have something hashed, where anybody may ask; operators share one
 * @param typed undefined has one generated
 * @returns a function that throws Invalid `PasswordPolicyViolated` with every cause in `info.causes`,
 *   `PasswordPolicyUnsatisfiable`; ServiceUnavailable `HashingQueueFull`
 */
export function passwordChooser(
  { hasher, policy, source }: { hasher: Hasher; policy: PasswordSettings; source?: string },
  typed: string | undefined,
): (hints: PolicyHints, further?: FurtherRules) => Promise<ChosenPassword> {
  let chosen: ChosenPassword | undefined;

  const generate = async (hints: PolicyHints): Promise<ChosenPassword> => {
    const password = await generatePassword(policy, hints);
    return { password, hash: await hasher.hash(password, source), isGenerated: true };
  };
  const take = async (password: string): Promise<ChosenPassword> => {
    const { text } = readPassword(password);
    return { password: text, hash: await hasher.hash(text, source), isGenerated: false };
  };

  return async (hints, further = async () => []) => {
    if (typed === undefined) {
      chosen ??= await generate(hints);
    } else {
      const causes = [...(await checkPolicy(policy, typed, hints)), ...(await further())];
      if (causes.length > 0) throw policyViolated(causes);
      chosen ??= await take(typed);
    }
    return chosen;
  };
}
