import { Avatar, Badge, Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import list from '../layout/link-list.module.css';
import { RelativeTime } from '../layout/relative-time.tsx';
import { t } from '../words/index.ts';
import { UserStatus } from './user-status.tsx';
import { contactOf, LOGIN_ID_WORDS, type LoginID, loginIDsOf, nameOf } from './user-words.ts';
import styles from './users-table.module.css';

interface Row {
  id: string;
  formattedName: string | null;
  isDisabled: boolean;
  isAnonymized: boolean;
  deleteAt: string | null;
  createdAt: string;
  lastLoginAt: string | null;
  loginIDs: readonly { id: string; claims: Record<string, unknown> }[];
}

interface UsersTableProps {
  projectID: string;
  /** Undefined while they load: rows of the same height stand in. */
  users: readonly Row[] | undefined;
  /** Whether these are the rows of the search before. */
  stale: boolean;
  rows: number;
}

const LOADING_ROWS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The list of users. Each row is one link, so that it opens in a new tab like any other. */
export function UsersTable({ projectID, users, stale, rows }: UsersTableProps) {
  return (
    <div className={styles.frame} data-stale={stale || undefined}>
      <table className={styles.table} aria-label={t('users.title')} aria-busy={users === undefined || stale}>
        <thead>
          <tr>
            <th scope="col">{t('users.user')}</th>
            <th scope="col" className={styles.wide}>
              {t('users.signsInWith')}
            </th>
            <th scope="col" className={styles.wide}>
              {t('users.lastLogin')}
            </th>
            <th scope="col" className={styles.wide}>
              {t('users.created')}
            </th>
          </tr>
        </thead>
        <tbody>
          {users?.map((user) => <UserRow key={user.id} projectID={projectID} user={user} />) ??
            LOADING_ROWS.slice(0, rows).map((row) => <LoadingRow key={row} />)}
        </tbody>
      </table>
    </div>
  );
}

function UserRow({ projectID, user }: { projectID: string; user: Row }) {
  const types = [...new Set(loginIDsOf(user).map(({ type }: LoginID) => type))];
  const contact = contactOf(user);
  return (
    <tr className={styles.row}>
      <td>
        <div className={styles.user}>
          <Avatar size={34} radius="xl" name={nameOf(user)} aria-hidden />
          <div className={styles.names}>
            <Link
              className={`${list.link} ${styles.link}`}
              to="/project/$projectID/users/$userID"
              params={{ projectID, userID: user.id }}
            >
              {nameOf(user)}
            </Link>
            {contact && (
              <Text span size="sm" c="dimmed" className={styles.contact}>
                {contact}
              </Text>
            )}
          </div>
          <UserStatus user={user} onlyUnusual />
        </div>
      </td>
      <td className={styles.wide}>
        <span className={styles.types}>
          {types.map((type) => (
            <Badge key={type} variant="default" size="sm" radius="sm" tt="none" fw={500}>
              {t(LOGIN_ID_WORDS[type])}
            </Badge>
          ))}
        </span>
      </td>
      <td className={styles.wide}>
        {user.lastLoginAt ? (
          <RelativeTime time={user.lastLoginAt} focusable={false} />
        ) : (
          <Text span inherit c="dimmed">
            {t('users.never')}
          </Text>
        )}
      </td>
      <td className={styles.wide}>
        <RelativeTime time={user.createdAt} focusable={false} />
      </td>
    </tr>
  );
}

function LoadingRow() {
  return (
    <tr>
      <td>
        <div className={styles.user}>
          <Skeleton height={34} circle />
          <div className={styles.names}>
            <Skeleton height={12} width={140} my={4} />
            <Skeleton height={10} width={180} my={4} />
          </div>
        </div>
      </td>
      {[56, 72, 72].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
        <td key={index} className={styles.wide}>
          <Skeleton height={12} width={width} />
        </td>
      ))}
    </tr>
  );
}
