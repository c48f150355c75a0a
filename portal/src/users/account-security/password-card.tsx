import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { type MyProject, mayEdit } from '../../api/me.ts';
import { RelativeTime } from '../../layout/relative-time.tsx';
import { RoutedButton } from '../../layout/routed-button.tsx';
import { t } from '../../words/index.ts';
import type { User } from '../queries.ts';
import { AskToChange } from './ask-to-change.tsx';
import { LockedAccount } from './locked-account.tsx';
import { RecoveryLink } from './recovery-link.tsx';

interface PasswordCardProps {
  project: MyProject;
  user: User;
}

/** Why this operator cannot touch this password at all; undefined where they can. */
export function whyPasswordStays(project: MyProject, user: Pick<User, 'isAnonymized'>): string | undefined {
  if (user.isAnonymized) return t('security.anonymized');
  return mayEdit(project.role) ? undefined : t('role.viewerCannot');
}

/** The password: how old it is, whether it must be changed, and the way to change it. */
export function PasswordCard({ project, user }: PasswordCardProps) {
  const password = user.primaryPassword;
  const whyNot = whyPasswordStays(project, user);
  return (
    <Card component="section" aria-labelledby="password">
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div>
            <Title order={2} id="password">
              {t('security.password')}
            </Title>
            <Text c="dimmed">
              {password ? (
                <>
                  {t('security.lastChanged')} <RelativeTime time={password.updatedAt} />
                </>
              ) : (
                t('security.noPassword')
              )}
            </Text>
          </div>
          {whyNot === undefined && (
            <RoutedButton
              to="/project/$projectID/users/$userID/account-security/change-password"
              params={{ projectID: project.id, userID: user.id }}
            >
              {t('changePassword.title')}
            </RoutedButton>
          )}
        </Group>
        <LockedAccount projectID={project.id} user={user} whyNot={whyNot} />
        <AskToChange projectID={project.id} user={user} whyNot={whyNot} />
        <RecoveryLink projectID={project.id} user={user} whyNot={whyNot} />
      </Stack>
    </Card>
  );
}
