import { Group, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { mayEdit } from '../api/me.ts';
import { Failure } from '../layout/failure.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';
import { NoUsers } from './no-users.tsx';
import { usersQuery } from './queries.ts';
import { UsersPager } from './users-pager.tsx';
import { UsersTable } from './users-table.tsx';

const PAGE_SIZE = 20;
const TYPING_PAUSE_MS = 250;

/** Writes what is typed into the address once the typing rests, and follows the address the other way. */
function useSearchInAddress(): [string, (typed: string) => void] {
  const { q = '' } = useSearch({ from: '/project/$projectID/users' });
  const navigate = useNavigate({ from: '/project/$projectID/users' });
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (typed.trim() === q) return;
    const timer = setTimeout(
      () => void navigate({ search: { q: typed.trim() || undefined }, replace: true }),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [typed, q, navigate]);
  return [typed, setTyped];
}

/** The users of a project: search, newest first, a page at a time. */
export function UsersPage() {
  const project = useProject();
  const { q, after, before } = useSearch({ from: '/project/$projectID/users' });
  const [typed, setTyped] = useSearchInAddress();
  const page = before ? { last: PAGE_SIZE, before } : { first: PAGE_SIZE, after };
  const users = useQuery({
    ...usersQuery(project.id, { searchKeyword: q, ...page }),
    placeholderData: keepPreviousData,
  });
  const found = users.data?.users;
  const createUser = mayEdit(project.role) && (
    <RoutedButton
      to="/project/$projectID/users/create"
      params={{ projectID: project.id }}
      leftSection={<IconPlus size={16} aria-hidden />}
    >
      {t('createUser.title')}
    </RoutedButton>
  );
  return (
    <Page title={t('users.title')} action={createUser}>
      <TextInput
        type="search"
        size="md"
        autoFocus
        aria-label={t('users.search')}
        placeholder={t('users.searchPlaceholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        mb="md"
      />
      {users.isError ? (
        <Failure error={users.error} onRetry={() => void users.refetch()} />
      ) : found?.length === 0 ? (
        <NoUsers searched={q} firstPage={!after && !before} action={createUser} />
      ) : (
        <>
          <UsersTable projectID={project.id} users={found} stale={users.isPlaceholderData} rows={PAGE_SIZE} />
          <Group justify="flex-end" mt="md" mih={34}>
            {users.data?.pageInfo && <UsersPager pageInfo={users.data.pageInfo} q={q} />}
          </Group>
        </>
      )}
    </Page>
  );
}
