import { SimpleGrid } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Empty } from '../layout/empty.tsx';
import { Failure } from '../layout/failure.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';
import { AuditPager } from './audit-pager.tsx';
import { type AuditSearch, isNarrowed } from './audit-search.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { EntryList } from './entry-list.tsx';
import { isEcho } from './event-words.ts';
import { auditLogQuery } from './queries.ts';
import { RangeFilter } from './range-filter.tsx';
import { TypeFilter } from './type-filter.tsx';
import { UserFilter } from './user-filter.tsx';

const ROUTE = '/project/$projectID/audit-log';

/** What happened in the project, the newest first; filters, page and open entry stand in the address. */
export function AuditLogPage() {
  const project = useProject();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  const log = useQuery({ ...auditLogQuery(project.id, search), placeholderData: keepPreviousData });
  const entries = log.data?.entries.filter((entry) => !isEcho(entry));
  const narrow = (filter: Partial<AuditSearch>) =>
    void navigate({
      search: { ...search, ...filter, after: undefined, before: undefined, entry: undefined },
      replace: true,
    });
  const close = () => void navigate({ search: { ...search, entry: undefined }, resetScroll: false });
  return (
    <Page title={t('auditLog.title')} about={t('auditLog.pageAbout')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" mb="md">
        <TypeFilter types={search.types} onChange={(types) => narrow({ types })} />
        <UserFilter projectID={project.id} who={search} onChange={narrow} />
        <RangeFilter range={search} onChange={narrow} />
      </SimpleGrid>
      {log.isError ? (
        <Failure error={log.error} onRetry={() => void log.refetch()} />
      ) : entries?.length === 0 ? (
        <Nothing search={search} />
      ) : (
        <EntryList entries={entries} stale={log.isPlaceholderData} />
      )}
      {log.data?.pageInfo && <AuditPager pageInfo={log.data.pageInfo} />}
      <EntryDrawer projectID={project.id} entryID={search.entry} onClose={close} />
    </Page>
  );
}

function Nothing({ search }: { search: AuditSearch }) {
  const isFiltered = isNarrowed(search) || search.after !== undefined || search.before !== undefined;
  return (
    <Empty
      icon={<IconHistory size={26} />}
      title={isFiltered ? t('auditLog.noMatch') : t('auditLog.none')}
      action={
        isFiltered && (
          <RoutedButton variant="default" from={ROUTE} to="." search={{}}>
            {t('auditLog.showAll')}
          </RoutedButton>
        )
      }
    >
      {isFiltered ? t('auditLog.noMatchAbout') : t('auditLog.noneAbout')}
    </Empty>
  );
}
