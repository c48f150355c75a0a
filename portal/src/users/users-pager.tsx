import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';

interface UsersPagerProps {
  pageInfo: {
    startCursor: string | null;
    endCursor: string | null;
    hasNextPage: boolean;
    hasPreviousPage: boolean;
  };
  q?: string;
}

/** Goes a page on or back; the cursor stands in the address, so that a reload stays on the page. */
export function UsersPager({ pageInfo, q }: UsersPagerProps) {
  const { startCursor, endCursor, hasNextPage, hasPreviousPage } = pageInfo;
  if (!hasNextPage && !hasPreviousPage) return null;
  const previous = { leftSection: <IconChevronLeft size={16} aria-hidden />, children: t('users.previous') };
  const next = { rightSection: <IconChevronRight size={16} aria-hidden />, children: t('users.next') };
  return (
    <Group component="nav" gap="xs" aria-label={t('users.pages')}>
      {hasPreviousPage && startCursor ? (
        <RoutedButton
          variant="default"
          from="/project/$projectID/users"
          to="."
          search={{ q, before: startCursor }}
          {...previous}
        />
      ) : (
        <Button variant="default" disabled {...previous} />
      )}
      {hasNextPage && endCursor ? (
        <RoutedButton
          variant="default"
          from="/project/$projectID/users"
          to="."
          search={{ q, after: endCursor }}
          {...next}
        />
      ) : (
        <Button variant="default" disabled {...next} />
      )}
    </Group>
  );
}
