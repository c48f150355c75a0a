import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { userQuery, usersQuery } from '../users/queries.ts';
import { contactOf, nameOf } from '../users/user-words.ts';
import { t } from '../words/index.ts';
import type { AuditSearch } from './audit-search.ts';

const TYPING_PAUSE_MS = 200;
const MOST_USERS = 6;
const USER = 'user:';
const ADDRESS = 'address:';

type Who = Pick<AuditSearch, 'user' | 'address'>;

interface UserFilterProps {
  projectID: string;
  who: Who;
  onChange(who: Who): void;
}

type Named = Parameters<typeof nameOf>[0];

const labelOf = (user: Named): string => [nameOf(user), contactOf(user)].filter((words) => words).join(' · ');

const addressLabel = (address: string): string => t('auditLog.address', { address });

/** Whether a text may be an e-mail address or a phone number that nobody has (any more). */
const isAddress = (text: string): boolean => /^\S+@\S+$/.test(text) || /^\+[\d\s().-]{5,}$/.test(text);

/** Whom the events are about: a user of the project, or an address, found by typing a part of a login id. */
export function UserFilter({ projectID, who, onChange }: UserFilterProps) {
  const [typed, setTyped] = useState('');
  const [searched] = useDebouncedValue(typed.trim(), TYPING_PAUSE_MS);
  const chosenUser = useQuery({ ...userQuery(projectID, who.user ?? ''), enabled: who.user !== undefined });
  const value =
    who.user !== undefined ? USER + who.user : who.address !== undefined ? ADDRESS + who.address : null;
  const chosenLabel =
    who.address !== undefined
      ? addressLabel(who.address)
      : chosenUser.data
        ? labelOf(chosenUser.data)
        : (who.user ?? '');
  const isSearch = searched !== '' && searched !== chosenLabel;
  const users = useQuery({
    ...usersQuery(projectID, { searchKeyword: searched, first: MOST_USERS }),
    enabled: isSearch,
    placeholderData: keepPreviousData,
  });
  const found = isSearch ? (users.data?.users ?? []) : [];
  const options = [
    ...(value === null ? [] : [{ value, label: chosenLabel }]),
    ...found.map((user) => ({ value: USER + user.id, label: labelOf(user) })),
    ...(isSearch && isAddress(searched)
      ? [{ value: ADDRESS + searched, label: addressLabel(searched) }]
      : []),
  ];
  const choose = (next: string | null) =>
    onChange({
      user: next?.startsWith(USER) ? next.slice(USER.length) : undefined,
      address: next?.startsWith(ADDRESS) ? next.slice(ADDRESS.length) : undefined,
    });
  return (
    <Select
      label={t('auditLog.user')}
      placeholder={t('auditLog.anyUser')}
      data={options.filter(
        (option, index) => options.findIndex((one) => one.value === option.value) === index,
      )}
      // The server has searched already; what it found needs no second filter.
      filter={({ options: all }) => all}
      value={value}
      onChange={choose}
      onSearchChange={setTyped}
      comboboxProps={{ withinPortal: false }}
      searchable
      clearable
      nothingFoundMessage={
        !isSearch ? t('auditLog.typeUser') : users.isFetching ? t('finder.searching') : t('auditLog.noUser')
      }
      clearButtonProps={{ 'aria-label': t('auditLog.clearUser') }}
    />
  );
}
