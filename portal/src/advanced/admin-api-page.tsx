import { Card, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { CopyID } from '../layout/copy-id.tsx';
import { Definition, Definitions } from '../layout/definition.tsx';
import { Empty } from '../layout/empty.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { t } from '../words/index.ts';
import { Examples } from './examples-card.tsx';
import { KeysCard } from './keys-card.tsx';

/** Where the Admin API answers, the keys that sign for it, and a request to begin with. */
export function AdminAPIPage() {
  const project = useProject();
  const endpoint = `${project.origin}/_api/admin/graphql`;
  if (project.role !== 'owner') {
    return (
      <Page title={t('adminAPI.title')}>
        <Empty icon={<IconLock size={26} />} title={t('adminAPI.notAllowed')}>
          {t('adminAPI.notAllowedAbout')}
        </Empty>
      </Page>
    );
  }
  return (
    <Page title={t('adminAPI.title')} about={t('adminAPI.about')}>
      <Stack gap="lg">
        <Card component="section" aria-label={t('adminAPI.endpoint')} py="xs">
          <Definitions>
            <Definition name={t('adminAPI.endpoint')}>
              <CopyID value={endpoint} label={t('adminAPI.copyEndpoint')} />
            </Definition>
            <Definition name={t('adminAPI.audience')} about={t('adminAPI.audienceAbout')}>
              <CopyID value={project.id} label={t('adminAPI.copyAudience')} />
            </Definition>
          </Definitions>
        </Card>
        <KeysCard projectID={project.id} />
        <Examples endpoint={endpoint} projectID={project.id} />
      </Stack>
    </Page>
  );
}
