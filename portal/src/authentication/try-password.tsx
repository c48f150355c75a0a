import { PasswordInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { wordsForError } from '../layout/words-for-error.ts';
import { Section } from '../settings/section.tsx';
import type { SettingsForm } from '../settings/use-settings-form.ts';
import { checklist, type PasswordPolicy } from '../users/new-password/policy.ts';
import { PolicyChecklist } from '../users/new-password/policy-checklist.tsx';
import { policyQuery } from '../users/new-password/queries.ts';
import { StrengthMeter } from '../users/new-password/strength-meter.tsx';
import { usePasswordCheck } from '../users/new-password/use-password-check.ts';
import { t } from '../words/index.ts';
import type { PolicyKey } from './policy-keys.ts';

/** The policy as the form has it. A new user's, so that nothing of a history comes into it. */
function policyOf(values: SettingsForm<PolicyKey>['values'], maxLength: number): PasswordPolicy {
  return {
    minLength: values['passwords.min_length'],
    maxLength,
    uppercaseRequired: values['passwords.uppercase_required'],
    lowercaseRequired: values['passwords.lowercase_required'],
    alphabetRequired: values['passwords.alphabet_required'],
    digitRequired: values['passwords.digit_required'],
    symbolRequired: values['passwords.symbol_required'],
    minimumGuessableLevel: values['passwords.minimum_guessable_level'],
    historySize: 0,
    historyDays: 0,
    typingByOperators: values['passwords.typing_by_operators'],
  };
}

interface TryPasswordProps {
  form: SettingsForm<PolicyKey>;
  projectID: string;
}

/** A field to see what the rules make of a password, before they are saved. */
export function TryPassword({ form, projectID }: TryPasswordProps) {
  const [password, setPassword] = useState('');
  const { data: policy } = useQuery(policyQuery(projectID));
  const changes = form.isSound ? form.changes : [];
  const check = usePasswordCheck(projectID, { password, changes });
  return (
    <Section title={t('passwords.try')} about={t('passwords.tryAbout')}>
      <PasswordInput
        label={t('passwords.tryField')}
        autoComplete="off"
        data-1p-ignore
        data-bwignore
        data-lpignore="true"
        spellCheck={false}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': t('password.reveal') }}
        value={password}
        error={check.error ? wordsForError(check.error) : undefined}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <StrengthMeter level={check.level} />
      {form.isSound ? (
        policy && (
          <PolicyChecklist rules={checklist(policyOf(form.values, policy.maxLength), check.causes, true)} />
        )
      ) : (
        <Text c="dimmed">{t('passwords.tryUnsound')}</Text>
      )}
    </Section>
  );
}
