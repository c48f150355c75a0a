import { Alert, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconMailCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiError, hasReason } from '../api/error.ts';
import { useMe } from '../api/me.ts';
import { BusyButton } from '../layout/busy-button.tsx';
import { wordsForError } from '../layout/words-for-error.ts';
import { Section } from '../settings/section.tsx';
import type { SettingsForm } from '../settings/use-settings-form.ts';
import { t } from '../words/index.ts';
import type { MailKey } from './mail-keys.ts';
import { sendTestMail, type TestMailResult } from './mail-settings-queries.ts';

interface TestMailSectionProps {
  form: SettingsForm<MailKey>;
  projectID: string;
}

/** Sends a mail under the settings as they stand in the form, and tells what came of it. */
export function TestMailSection({ form, projectID }: TestMailSectionProps) {
  const { operator } = useMe();
  const [to, setTo] = useState(operator.email ?? '');
  // What came of it holds for what was tried, and no longer.
  const situation = JSON.stringify([to, form.changes]);
  const test = useMutation({
    mutationFn: async (tried: string) => ({
      tried,
      result: await sendTestMail(projectID, to.trim(), form.changes),
    }),
    onError: (error) => {
      if (hasReason(error, 'InvalidSetting')) form.refuse(error);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!test.isPending && form.check()) test.mutate(situation);
  };
  const isCurrent = test.variables === situation;
  const problem = isCurrent && test.isError ? test.error : undefined;
  return (
    <Section title={t('testMail.title')} about={t('testMail.about')}>
      <form onSubmit={submit} noValidate aria-label={t('testMail.title')}>
        <Stack gap="md">
          <TextInput
            type="email"
            label={t('testMail.to')}
            value={to}
            error={hasReason(problem, 'InvalidLoginID') && t('testMail.noAddress')}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Group gap="sm">
            <BusyButton type="submit" variant="default" busy={test.isPending} disabled={to.trim() === ''}>
              {t('testMail.send')}
            </BusyButton>
            {form.isDirty && (
              <Text size="sm" c="dimmed">
                {t('testMail.unsaved')}
              </Text>
            )}
          </Group>
          <div role="status">
            {test.isSuccess && isCurrent && (
              <Outcome
                result={test.data.result}
                to={to.trim()}
                projectID={projectID}
                isDirty={form.isDirty}
              />
            )}
            {problem instanceof ApiError && !isBeside(problem) && (
              <Alert
                color="red"
                icon={<IconAlertTriangle size={18} aria-hidden />}
                title={t('testMail.failed')}
              >
                {wordsForTestError(problem)}
              </Alert>
            )}
          </div>
        </Stack>
      </form>
    </Section>
  );
}

/** Whether it is told under a field already. */
const isBeside = ({ reason }: ApiError): boolean =>
  reason === 'InvalidLoginID' || reason === 'InvalidSetting';

function wordsForTestError(error: ApiError): string {
  const seconds = error.info.retry_after_seconds;
  if (error.reason !== 'RateLimited' || typeof seconds !== 'number') return wordsForError(error);
  return t('testMail.tooOften', { count: Math.ceil(seconds / 60) });
}

interface OutcomeProps {
  result: TestMailResult;
  to: string;
  projectID: string;
  isDirty: boolean;
}

function Outcome({ result: { outcome, reply }, to, projectID, isDirty }: OutcomeProps) {
  const { readsMailbox } = useMe();
  if (outcome === 'SENT' || outcome === 'KEPT') {
    return (
      <Alert
        color="brand"
        icon={<IconMailCheck size={18} aria-hidden />}
        title={t(`testMail.outcome.${outcome}`)}
      >
        {outcome === 'SENT' && t('testMail.arrives', { to })}
        {outcome === 'KEPT' && readsMailbox && (
          <Link to="/project/$projectID/messages/mailbox" params={{ projectID }}>
            {t('mail.openMailbox')}
          </Link>
        )}
        {isDirty && ` ${t('testMail.saveNow')}`}
      </Alert>
    );
  }
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={t(`testMail.outcome.${outcome}`)}
    >
      {reply ? <Code block>{reply}</Code> : t(`testMail.help.${outcome}`)}
      {reply && (
        <Text mt="xs" size="sm">
          {t('testMail.help.REFUSED')}
        </Text>
      )}
    </Alert>
  );
}
