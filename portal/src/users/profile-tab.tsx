import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconAt, IconPhone, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { CopyID } from '../layout/copy-id.tsx';
import { Definition, Definitions } from '../layout/definition.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { RelativeTime } from '../layout/relative-time.tsx';
import { t } from '../words/index.ts';
import { idBehind } from './global-id.ts';
import { AttributesCard } from './profile/attributes-card.tsx';
import { type User, userQuery } from './queries.ts';
import { UserStatus } from './user-status.tsx';
import { isVerified, LOGIN_ID_WORDS, type LoginID, loginIDsOf } from './user-words.ts';

const ICONS = { email: IconAt, phone: IconPhone, username: IconUser } as const;

/** Who the user is, what they sign in with, and how the account stands. */
export function ProfileTab() {
  const project = useProject();
  const { userID } = useParams({ from: '/project/$projectID/users/$userID' });
  const { data: user } = useQuery(userQuery(project.id, userID));
  if (!user) return null;
  return (
    <Stack gap="lg">
      <LoginIDs user={user} />
      <AttributesCard project={project} user={user} />
      <Account user={user} />
    </Stack>
  );
}

function LoginIDs({ user }: { user: User }) {
  const loginIDs = loginIDsOf(user);
  return (
    <Card component="section" aria-labelledby="login-ids">
      <Title order={2} id="login-ids" mb="xs">
        {t('profile.signsInWith')}
      </Title>
      {loginIDs.length === 0 ? (
        <Text c="dimmed">{t('profile.noLoginID')}</Text>
      ) : (
        <Definitions>
          {loginIDs.map((loginID) => (
            <LoginIDLine key={loginID.id} loginID={loginID} user={user} />
          ))}
        </Definitions>
      )}
    </Card>
  );
}

function LoginIDLine({ loginID, user }: { loginID: LoginID; user: User }) {
  const type = t(LOGIN_ID_WORDS[loginID.type]);
  const Icon = ICONS[loginID.type];
  return (
    <Definition
      name={
        <Group gap={8} component="span" display="inline-flex">
          <Icon size={16} stroke={1.6} aria-hidden />
          {type}
        </Group>
      }
    >
      <Group gap="xs">
        <CopyID value={loginID.value} label={t('profile.copyLoginID', { type: type.toLowerCase() })} plain />
        {loginID.type !== 'username' && <Verified isVerified={isVerified(loginID, user)} />}
      </Group>
    </Definition>
  );
}

function Verified({ isVerified }: { isVerified: boolean }) {
  return (
    <Badge
      variant="light"
      radius="sm"
      tt="none"
      color={isVerified ? 'green' : 'gray'}
      c={isVerified ? 'var(--good)' : 'var(--mantine-color-text)'}
    >
      {isVerified ? t('profile.verified') : t('profile.unverified')}
    </Badge>
  );
}

function Account({ user }: { user: User }) {
  return (
    <Card component="section" aria-labelledby="account">
      <Title order={2} id="account" mb="xs">
        {t('profile.account')}
      </Title>
      <Definitions>
        <Definition name={t('profile.name')}>
          {user.formattedName || (
            <Text span c="dimmed">
              {t('profile.noName')}
            </Text>
          )}
        </Definition>
        <Definition name={t('profile.status')}>
          <Group gap="xs">
            <UserStatus user={user} />
            {user.isDisabled && user.disableReason && (
              <Text span>{t('profile.disabledBecause', { reason: user.disableReason })}</Text>
            )}
          </Group>
        </Definition>
        {user.temporarilyDisabledFrom && user.temporarilyDisabledUntil && (
          <Definition name={t('profile.disabledPeriod')}>
            {t('profile.from')} <RelativeTime time={user.temporarilyDisabledFrom} /> {t('profile.until')}{' '}
            <RelativeTime time={user.temporarilyDisabledUntil} />
          </Definition>
        )}
        {user.deleteAt && (
          <Definition name={t('profile.deleteAt')}>
            <RelativeTime time={user.deleteAt} />
          </Definition>
        )}
        {user.anonymizeAt && !user.isAnonymized && (
          <Definition name={t('profile.anonymizeAt')}>
            <RelativeTime time={user.anonymizeAt} />
          </Definition>
        )}
        <Definition name={t('profile.created')}>
          <RelativeTime time={user.createdAt} />
        </Definition>
        <Definition name={t('profile.updated')}>
          <RelativeTime time={user.updatedAt} />
        </Definition>
        <Definition name={t('profile.lastLogin')}>
          {user.lastLoginAt ? (
            <RelativeTime time={user.lastLoginAt} />
          ) : (
            <Text span c="dimmed">
              {t('time.never')}
            </Text>
          )}
        </Definition>
        <Definition name={t('profile.userID')} about={t('profile.userIDAbout')}>
          <CopyID value={idBehind(user.id) ?? user.id} label={t('user.copyID')} />
        </Definition>
        <Definition name={t('profile.globalID')} about={t('profile.globalIDAbout')}>
          <CopyID value={user.id} label={t('profile.copyGlobalID')} />
        </Definition>
      </Definitions>
    </Card>
  );
}
