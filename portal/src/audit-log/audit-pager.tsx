import { Button, Group } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';

interface AuditPagerProps {
  pageInfo: {
    startCursor: string | null;
    endCursor: string | null;
    hasNextPage: boolean;
    hasPreviousPage: boolean;
  };
}

const ROUTE = '/project/$projectID/audit-log';

/** Goes a page on or back under the same filters; the cursor stands in the address. */
export function AuditPager({ pageInfo }: AuditPagerProps) {
  const { startCursor, endCursor, hasNextPage, hasPreviousPage } = pageInfo;
  if (!hasNextPage && !hasPreviousPage) return null;
  const newer = { leftSection: <IconChevronLeft size={16} aria-hidden />, children: t('auditLog.newer') };
  const older = { rightSection: <IconChevronRight size={16} aria-hidden />, children: t('auditLog.older') };
  return (
    <Group component="nav" gap="xs" justify="flex-end" mt="md" aria-label={t('auditLog.pages')}>
      {hasPreviousPage && startCursor ? (
        <RoutedButton
          variant="default"
          from={ROUTE}
          to="."
          search={(search) => ({ ...search, after: undefined, before: startCursor })}
          {...newer}
        />
      ) : (
        <Button variant="default" disabled {...newer} />
      )}
      {hasNextPage && endCursor ? (
        <RoutedButton
          variant="default"
          from={ROUTE}
          to="."
          search={(search) => ({ ...search, before: undefined, after: endCursor })}
          {...older}
        />
      ) : (
        <Button variant="default" disabled {...older} />
      )}
    </Group>
  );
}
