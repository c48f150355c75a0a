import { ThemeIcon } from '@mantine/core';
import {
  IconApps,
  IconBan,
  IconDevices,
  IconHistory,
  IconKey,
  IconLock,
  IconLogin,
  IconLogout,
  IconMail,
  IconMailOpened,
  IconMailX,
  IconPencil,
  IconSettings,
  IconTrash,
  IconUserCheck,
  IconUserOff,
  IconUserPlus,
  IconUsersGroup,
} from '@tabler/icons-react';

/** What begins so has this icon; the first that fits counts. */
const ICONS: readonly [start: string, icon: typeof IconKey][] = [
  ['USER_AUTHENTICATED', IconLogin],
  ['USER_SIGNED_OUT', IconLogout],
  ['USER_SESSION_TERMINATED', IconDevices],
  ['USER_CREATED', IconUserPlus],
  ['USER_DELET', IconTrash],
  ['USER_DISABLED', IconUserOff],
  ['USER_REENABLED', IconUserCheck],
  ['USER_', IconPencil],
  ['IDENTITY_', IconPencil],
  ['PASSWORD_', IconLock],
  ['RECOVERY_', IconLock],
  ['AUTHENTICATION_', IconBan],
  ['RATE_LIMIT_', IconBan],
  ['EMAIL_ERROR', IconMailX],
  ['EMAIL_', IconMail],
  ['MESSAGE_', IconMail],
  ['MAILBOX_', IconMailOpened],
  ['ADMIN_', IconKey],
  ['CLIENT_', IconApps],
  ['PROJECT_COLLABORATOR_', IconUsersGroup],
  ['COLLABORATOR_', IconUsersGroup],
  ['OPERATOR_', IconUsersGroup],
  ['SETTING_', IconSettings],
  ['PROJECT_', IconSettings],
];

/** What went wrong, or was refused. */
const isTrouble = (type: string): boolean => /_FAILED$|_ERROR$|_BLOCKED$/.test(type);

/** The picture beside an entry of the audit log; its words say the same. */
export function EventIcon({ activityType }: { activityType: string }) {
  const Icon = ICONS.find(([start]) => activityType.startsWith(start))?.[1] ?? IconHistory;
  const isBad = isTrouble(activityType);
  return (
    <ThemeIcon size={32} radius="xl" variant="light" color={isBad ? 'red' : 'gray'} aria-hidden>
      <Icon size={18} stroke={1.6} color={isBad ? 'var(--bad)' : 'var(--mantine-color-text)'} />
    </ThemeIcon>
  );
}
