import type { PolicyCause } from '../../api/error.ts';
import { t } from '../../words/index.ts';

/** The project's rules for a new password, as the Admin API tells them. */
export interface PasswordPolicy {
  minLength: number;
  maxLength: number;
  uppercaseRequired: boolean;
  lowercaseRequired: boolean;
  alphabetRequired: boolean;
  digitRequired: boolean;
  symbolRequired: boolean;
  minimumGuessableLevel: number;
  historySize: number;
  historyDays: number;
  /** Whether operators may type a password, or only have one generated and sent. */
  typingByOperators: boolean;
}

/** `open`: nothing is typed or checked yet. `later`: only the server's store knows, so it says so on saving. */
export type RuleState = 'open' | 'met' | 'broken' | 'later';

/** A line of the checklist. */
export interface Rule {
  name: string;
  words: string;
  state: RuleState;
}

const LEVELS = [
  'strength.level.1',
  'strength.level.2',
  'strength.level.3',
  'strength.level.4',
  'strength.level.5',
] as const;

/** The words for a strength, 1 to 5; what is outside counts as the nearest. */
export function strengthWords(level: number): string {
  const key = LEVELS[Math.min(Math.max(Math.round(level), 1), LEVELS.length) - 1];
  return key ? t(key) : '';
}

const CLASSES = [
  ['PasswordUppercaseRequired', 'uppercaseRequired'],
  ['PasswordLowercaseRequired', 'lowercaseRequired'],
  ['PasswordAlphabetRequired', 'alphabetRequired'],
  ['PasswordDigitRequired', 'digitRequired'],
  ['PasswordSymbolRequired', 'symbolRequired'],
] as const;

/** What the policy asks of every password, known before anything is typed. */
function standingRules(policy: PasswordPolicy, isNewUser: boolean): Omit<Rule, 'state'>[] {
  const level = policy.minimumGuessableLevel;
  const hasHistory = !isNewUser && (policy.historySize > 0 || policy.historyDays > 0);
  return [
    { name: 'PasswordTooShort', words: t('rule.PasswordTooShort', { count: policy.minLength }) },
    ...CLASSES.filter(([, asked]) => policy[asked]).map(([name]) => ({ name, words: t(`rule.${name}`) })),
    ...(level > 0
      ? [
          {
            name: 'PasswordBelowGuessableLevel',
            words: t('rule.PasswordBelowGuessableLevel', { level: strengthWords(level) }),
          },
        ]
      : []),
    { name: 'PasswordContainingExcludedKeywords', words: t('rule.PasswordContainingExcludedKeywords') },
    ...(hasHistory ? [{ name: 'PasswordReused', words: t('rule.PasswordReused') }] : []),
  ];
}

const RARE = [
  'PasswordSameAsCurrent',
  'PasswordControlCharacter',
  'PasswordBreached',
  'PasswordReused',
] as const;

/** The words for a rule that is worth a line only when it is broken. */
function rareWords(name: string, policy: PasswordPolicy): string {
  if (name === 'PasswordTooLong') return t('rule.PasswordTooLong', { count: policy.maxLength });
  const known = RARE.find((rare) => rare === name);
  return known ? t(`rule.${known}`) : t('rule.unknown', { name });
}

/**
 * The checklist for what is typed.
 * @param causes the rules that it breaks; undefined while nothing is typed or checked yet
 * @param isNewUser somebody who has had no password before
 */
export function checklist(
  policy: PasswordPolicy,
  causes: readonly PolicyCause[] | undefined,
  isNewUser = false,
): Rule[] {
  const broken = new Set(causes?.map(({ Name }) => Name));
  const standing = standingRules(policy, isNewUser).map((rule) => ({ ...rule, state: stateOf(rule.name) }));
  const rare = [...broken]
    .filter((name) => !standing.some((rule) => rule.name === name))
    .map((name) => ({ name, words: rareWords(name, policy), state: 'broken' as const }));
  return [...standing, ...rare];

  function stateOf(name: string): RuleState {
    if (broken.has(name)) return 'broken';
    if (name === 'PasswordReused') return 'later';
    return causes === undefined ? 'open' : 'met';
  }
}
