import {
  Avatar,
  type MantineColorScheme,
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { IconDeviceDesktop, IconDotsVertical, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useMe } from '../api/me.ts';
import { post } from '../api/post.ts';
import { t } from '../words/index.ts';
import styles from './account-menu.module.css';
import { notifyFailed } from './notify.tsx';
import { PLAIN_MENU } from './plain-menu.ts';

const SCHEMES = [
  { scheme: 'light', icon: <IconSun size={16} aria-hidden /> },
  { scheme: 'dark', icon: <IconMoon size={16} aria-hidden /> },
  { scheme: 'auto', icon: <IconDeviceDesktop size={16} aria-hidden /> },
] as const;

async function signOut(): Promise<void> {
  try {
    await post('/logout', {});
    window.location.assign('/portal/');
  } catch (error) {
    notifyFailed(t('account.signOutFailed'), error);
  }
}

/** Who is signed in, light or dark, the server's version, and the way out. */
export function AccountMenu() {
  const { operator, version } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu width={232} position="top-start" shadow="md" {...PLAIN_MENU}>
      <Menu.Target>
        <UnstyledButton className={styles.face}>
          <Avatar size={30} radius="xl" name={operator.name} aria-hidden />
          <Text truncate flex={1} size="sm">
            <VisuallyHidden>{t('account.menu')} </VisuallyHidden>
            {operator.name}
          </Text>
          <IconDotsVertical size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('account.appearance')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        >
          {SCHEMES.map(({ scheme, icon }) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false} rightSection={icon}>
              {t(`account.scheme.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Menu.Item>
        <Menu.Label>{t('account.version', { version })}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
