import { AppShell, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { MyProject } from '../api/me.ts';
import { t } from '../words/index.ts';
import { AccountMenu } from './account-menu.tsx';
import { Finder, FinderButton } from './finder.tsx';
import { MailNotice } from './mail-notice.tsx';
import { Navigation } from './navigation.tsx';
import { ProjectSwitcher } from './project-switcher.tsx';
import styles from './shell.module.css';

/** Where the link or button that led on is gone with its page, the keyboard goes on at the new page's beginning. */
function useFocusOnNewPage(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        if (fromLocation && pathChanged && isLost) {
          document.getElementById('content')?.focus({ preventScroll: true });
        }
      }),
    [router],
  );
}

/** The frame around every page of a project: navigation on the left, behind a burger on small screens. */
export function Shell({ project }: { project: MyProject }) {
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(close, [pathname]);
  useFocusOnNewPage();
  return (
    <>
      <a className={styles.skip} href="#content">
        {t('layout.skip')}
      </a>
      <AppShell
        header={{ height: { base: 56, sm: 0 } }}
        navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={0}
        transitionDuration={120}
      >
        <AppShell.Header hiddenFrom="sm" className={styles.bar}>
          <Group h="100%" px="sm" gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              size="sm"
              aria-expanded={opened}
              aria-controls="navigation"
              aria-label={opened ? t('layout.closeMenu') : t('layout.openMenu')}
            />
            <Text fw={600} truncate flex={1}>
              {project.name}
            </Text>
            <FinderButton compact />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar
          id="navigation"
          className={styles.side}
          data-opened={opened || undefined}
          aria-label={t('layout.navigation')}
        >
          <AppShell.Section p="sm" pb="xs">
            <ProjectSwitcher current={project} />
          </AppShell.Section>
          <AppShell.Section px="sm" pb="xs" visibleFrom="sm">
            <FinderButton />
          </AppShell.Section>
          <AppShell.Section grow component={ScrollArea} px="sm" type="auto" scrollbarSize={6}>
            <Navigation project={project} />
          </AppShell.Section>
          <AppShell.Section p="sm" className={styles.foot}>
            <AccountMenu />
          </AppShell.Section>
        </AppShell.Navbar>
        <AppShell.Main className={styles.main} id="content" tabIndex={-1}>
          <MailNotice project={project} />
          <div className={styles.content}>
            <Outlet />
          </div>
        </AppShell.Main>
      </AppShell>
      <Finder project={project} />
    </>
  );
}
