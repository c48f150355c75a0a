import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircle, IconClock, IconX } from '@tabler/icons-react';
import { t } from '../../words/index.ts';
import type { Rule, RuleState } from './policy.ts';
import styles from './policy-checklist.module.css';

const ICONS = { open: IconCircle, met: IconCheck, broken: IconX, later: IconClock } as const;
const STATES = { met: 'rule.met', broken: 'rule.broken' } as const;

const stateWords = (state: Exclude<RuleState, 'later'>): string =>
  state === 'open' ? '' : ` (${t(STATES[state])})`;

/** The rules of the policy, each with a mark that says whether what is typed keeps it. */
export function PolicyChecklist({ rules }: { rules: readonly Rule[] }) {
  return (
    <ul className={styles.list} aria-label={t('rule.list')}>
      {rules.map(({ name, words, state }) => {
        const Icon = ICONS[state];
        return (
          <li key={name} className={styles.rule} data-state={state}>
            <Icon size={15} stroke={2} aria-hidden />
            <span>
              {words}
              {state === 'later' ? (
                <> ({t('rule.later')})</>
              ) : (
                <VisuallyHidden>{stateWords(state)}</VisuallyHidden>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
