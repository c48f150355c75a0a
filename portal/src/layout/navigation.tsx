import { NavLink, Text } from '@mantine/core';
import {
  IconApps,
  IconBrandGraphql,
  IconHistory,
  IconKey,
  IconLifebuoy,
  IconLogin2,
  IconMailbox,
  IconMailCog,
  IconPassword,
  IconSettings,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import { type MyProject, useMe } from '../api/me.ts';
import { t } from '../words/index.ts';
import styles from './navigation.module.css';

const RoutedNavLink = createLink(NavLink<'a'>);

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** One entry of the navigation: a page that this operator can open in this project. */
interface Destination {
  /** The heading that it stands under; none where a page stands for itself. */
  group?: string;
  label: string;
  to:
    | '/project/$projectID/users'
    | '/project/$projectID/authentication/login-methods'
    | '/project/$projectID/authentication/passwords'
    | '/project/$projectID/authentication/recovery'
    | '/project/$projectID/messages/mail'
    | '/project/$projectID/messages/mailbox'
    | '/project/$projectID/applications'
    | '/project/$projectID/audit-log'
    | '/project/$projectID/settings/general'
    | '/project/$projectID/settings/collaborators'
    | '/project/$projectID/advanced/admin-api'
    | '/project/$projectID/advanced/graphiql';
  icon: React.ReactNode;
}

/** The pages of a project that this operator can open, in the order of the navigation. */
export function useDestinations(project: MyProject): Destination[] {
  const { readsMailbox } = useMe();
  return [
    {
      group: t('navigation.userManagement'),
      label: t('navigation.users'),
      to: '/project/$projectID/users',
      icon: <IconUsers {...icon} />,
    },
    {
      group: t('navigation.authentication'),
      label: t('navigation.loginMethods'),
      to: '/project/$projectID/authentication/login-methods',
      icon: <IconLogin2 {...icon} />,
    },
    {
      group: t('navigation.authentication'),
      label: t('navigation.passwords'),
      to: '/project/$projectID/authentication/passwords',
      icon: <IconPassword {...icon} />,
    },
    {
      group: t('navigation.authentication'),
      label: t('navigation.recovery'),
      to: '/project/$projectID/authentication/recovery',
      icon: <IconLifebuoy {...icon} />,
    },
    {
      label: t('navigation.applications'),
      to: '/project/$projectID/applications',
      icon: <IconApps {...icon} />,
    },
    {
      group: t('navigation.messages'),
      label: t('navigation.mail'),
      to: '/project/$projectID/messages/mail',
      icon: <IconMailCog {...icon} />,
    },
    ...(readsMailbox
      ? [
          {
            group: t('navigation.messages'),
            label: t('navigation.mailbox'),
            to: '/project/$projectID/messages/mailbox' as const,
            icon: <IconMailbox {...icon} />,
          },
        ]
      : []),
    {
      label: t('navigation.auditLog'),
      to: '/project/$projectID/audit-log',
      icon: <IconHistory {...icon} />,
    },
    {
      group: t('navigation.settings'),
      label: t('navigation.general'),
      to: '/project/$projectID/settings/general',
      icon: <IconSettings {...icon} />,
    },
    {
      group: t('navigation.settings'),
      label: t('navigation.collaborators'),
      to: '/project/$projectID/settings/collaborators',
      icon: <IconUsersGroup {...icon} />,
    },
    ...(project.role === 'owner'
      ? [
          {
            group: t('navigation.advanced'),
            label: t('navigation.adminAPI'),
            to: '/project/$projectID/advanced/admin-api' as const,
            icon: <IconKey {...icon} />,
          },
        ]
      : []),
    {
      group: t('navigation.advanced'),
      label: t('navigation.explorer'),
      to: '/project/$projectID/advanced/graphiql',
      icon: <IconBrandGraphql {...icon} />,
    },
  ];
}

/** The list of pages on the left, grouped; the one that is open is marked. */
export function Navigation({ project }: { project: MyProject }) {
  const destinations = useDestinations(project);
  const sections = Map.groupBy(destinations, ({ group, label }) => group ?? label);
  return [...sections].map(([name, pages]) => (
    <div key={name} className={styles.group}>
      {pages[0]?.group && <Text className={styles.heading}>{name}</Text>}
      {pages.map(({ label, to, icon }) => (
        <RoutedNavLink
          key={to}
          to={to}
          params={{ projectID: project.id }}
          label={label}
          leftSection={icon}
          className={styles.link}
        />
      ))}
    </div>
  ));
}
