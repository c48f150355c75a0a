import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconTrash, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyDone, notifyFailed } from '../../layout/notify.tsx';
import { PLAIN_MENU } from '../../layout/plain-menu.ts';
import { t } from '../../words/index.ts';
import { type User, userKey, usersKey } from '../queries.ts';
import { nameOf } from '../user-words.ts';
import { DeleteUser } from './delete-user.tsx';
import { DisableUser } from './disable-user.tsx';
import { enableUser } from './queries.ts';
import { standingOf } from './standing.ts';

interface UserMenuProps {
  projectID: string;
  user: User;
}

/** What can be done to an account as a whole. */
export function UserMenu({ projectID, user }: UserMenuProps) {
  const [opened, setOpened] = useState<'disable' | 'delete'>();
  const queryClient = useQueryClient();
  const lookAgain = () => {
    for (const queryKey of [userKey(projectID, user.id), usersKey(projectID)]) {
      void queryClient.invalidateQueries({ queryKey });
    }
  };
  const enable = useMutation({
    mutationFn: () => enableUser(projectID, user.id),
    onSuccess: () => notifyDone({ title: t('userMenu.enabled'), message: nameOf(user) }),
    onError: (error) => notifyFailed(t('userMenu.enableFailed'), error),
    onSettled: lookAgain,
  });
  const { canDisable, canEnable } = standingOf(user);
  const close = () => setOpened(undefined);
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={220} {...PLAIN_MENU}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {t('userMenu.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {canDisable && (
            <Menu.Item
              leftSection={<IconUserOff size={16} aria-hidden />}
              onClick={() => setOpened('disable')}
            >
              {t('userMenu.disable')}
            </Menu.Item>
          )}
          {canEnable && (
            <Menu.Item leftSection={<IconUserCheck size={16} aria-hidden />} onClick={() => enable.mutate()}>
              {t('userMenu.enable')}
            </Menu.Item>
          )}
          <Menu.Item
            c="var(--bad)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setOpened('delete')}
          >
            {t('userMenu.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DisableUser
        {...{ projectID, user, opened: opened === 'disable', onClose: close, onDone: lookAgain }}
      />
      <DeleteUser {...{ projectID, user, opened: opened === 'delete', onClose: close }} />
    </>
  );
}
