import { type Cause, MAX_PASSWORD_LENGTH } from '../../passwords/index.ts';
import type { LatchkeyError } from '../../platform/errors.ts';
import type { Translate } from '../../platform/words/index.ts';
import type { PasswordSettings as Policy } from '../../projects/index.ts';
import type { RuleLine } from './model.ts';

interface Rule {
  /** The violation it prevents. */
  name: string;
  applies(policy: Policy): boolean;
  values?(policy: Policy, t: Translate): Record<string, string | number>;
}

/** The checklist in the order it is shown. Rules that hardly anybody breaks are shown once they are broken. */
const RULES: readonly Rule[] = [
  { name: 'PasswordTooShort', applies: () => true, values: (policy) => ({ count: policy.min_length }) },
  { name: 'PasswordUppercaseRequired', applies: (policy) => policy.uppercase_required },
  { name: 'PasswordLowercaseRequired', applies: (policy) => policy.lowercase_required },
  { name: 'PasswordAlphabetRequired', applies: (policy) => policy.alphabet_required },
  { name: 'PasswordDigitRequired', applies: (policy) => policy.digit_required },
  { name: 'PasswordSymbolRequired', applies: (policy) => policy.symbol_required },
  {
    name: 'PasswordBelowGuessableLevel',
    applies: (policy) => policy.minimum_guessable_level > 0,
    values: (policy, t) => ({ level: t(`strength.level.${policy.minimum_guessable_level}`) }),
  },
  { name: 'PasswordContainingExcludedKeywords', applies: () => true },
  { name: 'PasswordReused', applies: (policy) => policy.history_size > 0 || policy.history_days > 0 },
];

/** The rules a policy has, by the names of their violations. */
export const ruleNames = (policy: Policy): string[] =>
  RULES.filter((rule) => rule.applies(policy)).map((rule) => rule.name);

/**
 * The checklist of a policy.
 * @param broken the violations of the last try; without one, every rule stands open
 */
export function ruleLines(policy: Policy, t: Translate, broken?: readonly string[]): RuleLine[] {
  const shown = RULES.filter((rule) => rule.applies(policy));
  const lines = shown.map((rule) => ({
    name: rule.name,
    text: t(`rules.${rule.name}`, rule.values?.(policy, t)),
    state: stateOf(rule.name, broken),
  }));
  const seldom = (broken ?? []).filter((name) => !shown.some((rule) => rule.name === name));
  return [
    ...lines,
    ...seldom.map((name) => ({
      name,
      text: t(`rules.${name}`, { count: MAX_PASSWORD_LENGTH }),
      state: 'broken' as const,
    })),
  ];
}

function stateOf(name: string, broken: readonly string[] | undefined): RuleLine['state'] {
  if (!broken) return 'open';
  return broken.includes(name) ? 'broken' : 'met';
}

/**
 * The policy as password managers read it: the value of the attribute `passwordrules`, in Apple's language for
 * it. What no class expresses (strength, history, forbidden words) a generated password satisfies anyway.
 */
export function passwordRules(policy: Policy): string {
  const required = [
    policy.uppercase_required && 'upper',
    policy.lowercase_required && 'lower',
    policy.alphabet_required && 'upper, lower',
    policy.digit_required && 'digit',
    policy.symbol_required && 'special',
  ].filter((classes) => classes !== false);
  return [
    `minlength: ${policy.min_length}`,
    `maxlength: ${MAX_PASSWORD_LENGTH}`,
    ...required.map((classes) => `required: ${classes}`),
    // Without it, some use the required classes only.
    'allowed: ascii-printable',
  ].join('; ');
}

/** The names of the rules that a refused password broke. */
export function brokenRules({ info }: LatchkeyError): string[] {
  const causes = Array.isArray(info?.causes) ? (info.causes as Cause[]) : [];
  return causes.map((cause) => cause.Name);
}
