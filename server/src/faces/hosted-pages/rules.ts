import type { Settings } from '../../projects/index.ts';
import type { RuleLine, Translate } from './model.ts';

type Policy = Settings['passwords'];

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

const LONGEST_PASSWORD = 128;

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
      text: t(`rules.${name}`, { count: LONGEST_PASSWORD }),
      state: 'broken' as const,
    })),
  ];
}

function stateOf(name: string, broken: readonly string[] | undefined): RuleLine['state'] {
  if (!broken) return 'open';
  return broken.includes(name) ? 'broken' : 'met';
}
