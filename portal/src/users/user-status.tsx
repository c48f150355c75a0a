import { Badge } from '@mantine/core';
import { t } from '../words/index.ts';

interface UserStatusProps {
  user: { isDisabled: boolean; isAnonymized: boolean; deleteAt: string | null };
  /** Lists say nothing about a user whose account works. */
  onlyUnusual?: boolean;
}

/** Whether the account works, in a word. */
export function UserStatus({ user, onlyUnusual }: UserStatusProps) {
  const look = { variant: 'light', radius: 'sm', tt: 'none', style: { flex: 'none' } } as const;
  if (user.isAnonymized)
    return (
      <Badge {...look} color="gray" c="var(--mantine-color-text)">
        {t('user.status.anonymized')}
      </Badge>
    );
  if (user.deleteAt)
    return (
      <Badge {...look} color="red" c="var(--bad)">
        {t('user.status.deleting')}
      </Badge>
    );
  if (user.isDisabled)
    return (
      <Badge {...look} color="orange" c="var(--warn)">
        {t('user.status.disabled')}
      </Badge>
    );
  return onlyUnusual ? null : (
    <Badge {...look} color="green" c="var(--good)">
      {t('user.status.active')}
    </Badge>
  );
}
