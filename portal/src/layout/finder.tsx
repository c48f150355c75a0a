import { ActionIcon, Kbd, Loader, Text, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { IconSearch, IconUser, IconUserPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type MyProject, mayEdit } from '../api/me.ts';
import { usersQuery } from '../users/queries.ts';
import { contactOf, nameOf } from '../users/user-words.ts';
import { t } from '../words/index.ts';
import styles from './finder.module.css';
import { useDestinations } from './navigation.tsx';

const TYPING_PAUSE_MS = 150;
const MOST_USERS = 6;
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** Opens the finder; says which keys do the same. */
export function FinderButton({ compact }: { compact?: boolean }) {
  if (compact) {
    return (
      <ActionIcon size="lg" aria-label={t('finder.open')} onClick={spotlight.open}>
        <IconSearch size={20} aria-hidden />
      </ActionIcon>
    );
  }
  return (
    <UnstyledButton className={styles.button} onClick={spotlight.open}>
      <IconSearch size={16} aria-hidden />
      <Text span size="sm" flex={1}>
        {t('finder.open')}
      </Text>
      <Kbd size="xs">{isMac ? '⌘ K' : 'Ctrl K'}</Kbd>
    </UnstyledButton>
  );
}

/** The box selects its first entry while one types, but not again when the server's answer comes later. */
function useFirstSelected(ids: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other entries mean another first one
  useEffect(() => {
    const [first, ...others] = document.querySelectorAll('[data-action]');
    for (const other of others) other.removeAttribute('data-selected');
    first?.setAttribute('data-selected', 'true');
  }, [ids]);
}

/** The box behind Ctrl-K: finds a user of the project or a page of the portal. */
export function Finder({ project }: { project: MyProject }) {
  const navigate = useNavigate();
  const destinations = useDestinations(project);
  const [typed, setTyped] = useState('');
  const [searched] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS);
  const users = useQuery({
    ...usersQuery(project.id, { searchKeyword: searched, first: MOST_USERS }),
    enabled: searched !== '',
    placeholderData: keepPreviousData,
  });
  const projectID = project.id;

  const pages = [
    ...destinations.map(({ label, group, to, icon }) => ({
      id: to as string,
      label,
      description: group,
      leftSection: icon,
      onClick: () => void navigate({ to, params: { projectID } }),
    })),
    ...(mayEdit(project.role)
      ? [
          {
            id: 'create-user',
            label: t('createUser.title'),
            description: t('navigation.userManagement'),
            leftSection: <IconUserPlus size={18} stroke={1.6} aria-hidden />,
            onClick: () => void navigate({ to: '/project/$projectID/users/create', params: { projectID } }),
          },
        ]
      : []),
  ].filter(({ label, description = '' }) =>
    `${description} ${label}`.toLowerCase().includes(typed.trim().toLowerCase()),
  );

  const found = typed.trim() === '' ? [] : (users.data?.users ?? []);
  const actions: SpotlightActionGroupData[] = [
    {
      group: t('finder.users'),
      actions: found.map((user) => ({
        id: user.id,
        label: nameOf(user),
        description: contactOf(user),
        leftSection: <IconUser size={18} stroke={1.6} aria-hidden />,
        onClick: () =>
          void navigate({ to: '/project/$projectID/users/$userID', params: { projectID, userID: user.id } }),
      })),
    },
    { group: t('finder.pages'), actions: pages },
  ].filter((group) => group.actions.length > 0);

  useFirstSelected(actions.flatMap((group) => group.actions.map(({ id }) => id)).join());

  return (
    <Spotlight
      actions={actions}
      // The server has searched already; what it found needs no second filter.
      filter={(_query, all) => all}
      query={typed}
      onQueryChange={setTyped}
      shortcut={['mod + K']}
      tagsToIgnore={[]}
      triggerOnContentEditable
      scrollable
      centered={false}
      attributes={{ content: { 'aria-label': t('finder.open') } }}
      maxHeight={420}
      nothingFound={users.isFetching ? t('finder.searching') : t('finder.nothing')}
      searchProps={{
        leftSection: users.isFetching ? <Loader size={16} /> : <IconSearch size={18} aria-hidden />,
        placeholder: t('finder.placeholder'),
        'aria-label': t('finder.placeholder'),
      }}
    />
  );
}
