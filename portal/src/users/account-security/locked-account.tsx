import { Alert, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BusyButton } from '../../layout/busy-button.tsx';
import { notifyDone, notifyFailed } from '../../layout/notify.tsx';
import { useFocusHandedOn } from '../../layout/use-focus-handed-on.ts';
import { t } from '../../words/index.ts';
import { type User, userKey } from '../queries.ts';
import { nameOf } from '../user-words.ts';
import { resetAccountLockout } from './queries.ts';

interface LockedAccountProps {
  projectID: string;
  user: User;
  /** Why this operator cannot unlock it. */
  whyNot: string | undefined;
}

/** Says that too many wrong passwords have locked the account, and unlocks it. */
export function LockedAccount({ projectID, user, whyNot }: LockedAccountProps) {
  if (!user.accountLockout.isLocked) return null;
  return (
    <Alert color="red" icon={<IconLock size={18} aria-hidden />} title={t('security.locked')}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Text size="sm">{t('security.lockedAbout')}</Text>
        {whyNot === undefined && <UnlockButton projectID={projectID} user={user} />}
      </Group>
    </Alert>
  );
}

function UnlockButton({ projectID, user }: Omit<LockedAccountProps, 'whyNot'>) {
  const queryClient = useQueryClient();
  const ref = useFocusHandedOn<HTMLButtonElement>();
  const unlock = useMutation({
    mutationFn: () => resetAccountLockout(projectID, user.id),
    onSuccess: () => notifyDone({ title: t('security.unlocked'), message: nameOf(user) }),
    onError: (error) => notifyFailed(t('security.unlockFailed'), error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKey(projectID, user.id) }),
  });
  return (
    <BusyButton ref={ref} variant="default" busy={unlock.isPending} onClick={() => unlock.mutate()}>
      {t('security.unlock')}
    </BusyButton>
  );
}
