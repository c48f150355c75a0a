import { Alert, Button, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyFailed } from '../../layout/notify.tsx';
import { t } from '../../words/index.ts';
import { type User, userKey } from '../queries.ts';
import { resetAccountLockout } from './queries.ts';

interface LockedAccountProps {
  projectID: string;
  user: User;
  /** Why this operator cannot unlock it. */
  whyNot: string | undefined;
}

/** Says that too many wrong passwords have locked the account, and unlocks it. */
export function LockedAccount({ projectID, user, whyNot }: LockedAccountProps) {
  const queryClient = useQueryClient();
  const unlock = useMutation({
    mutationFn: () => resetAccountLockout(projectID, user.id),
    onError: (error) => notifyFailed(t('security.unlockFailed'), error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKey(projectID, user.id) }),
  });
  if (!user.accountLockout.isLocked) return null;
  return (
    <Alert color="red" icon={<IconLock aria-hidden />} title={t('security.locked')}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Text size="sm">{t('security.lockedAbout')}</Text>
        {whyNot === undefined && (
          <Button variant="default" loading={unlock.isPending} onClick={() => unlock.mutate()}>
            {t('security.unlock')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
