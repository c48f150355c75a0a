import { Button, Card, Skeleton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Failure } from '../../layout/failure.tsx';
import { Page } from '../../layout/page.tsx';
import { useProject } from '../../layout/project-frame.tsx';
import { ShownOnce } from '../../layout/shown-once.tsx';
import { t } from '../../words/index.ts';
import { AddCollaborator } from './add-collaborator.tsx';
import { CollaboratorsTable } from './collaborators-table.tsx';
import { type Added, collaboratorsQuery } from './queries.ts';

/** Who works on the project, and what each of them may do; owners change it. */
export function CollaboratorsPage() {
  const project = useProject();
  const isOwner = project.role === 'owner';
  const people = useQuery(collaboratorsQuery(project.id));
  const [isAdding, setAdding] = useState(false);
  const [unsent, setUnsent] = useState<Added>();
  const addButton = useRef<HTMLButtonElement>(null);
  return (
    <Page
      title={t('collaborators.title')}
      about={isOwner ? t('collaborators.pageAbout') : t('collaborators.ownersOnly')}
      action={
        isOwner && (
          <Button
            ref={addButton}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('collaborators.add')}
          </Button>
        )
      }
    >
      <Card py="xs">
        {people.isError ? (
          <Failure error={people.error} onRetry={() => void people.refetch()} />
        ) : people.data ? (
          <CollaboratorsTable project={project} people={people.data} />
        ) : (
          <Skeleton height={140} />
        )}
      </Card>
      <AddCollaborator
        projectID={project.id}
        opened={isAdding}
        onClose={() => setAdding(false)}
        onUnsent={setUnsent}
      />
      {unsent?.password && (
        <ShownOnce
          title={t('collaborators.passwordTitle')}
          about={t('collaborators.passwordAbout', { email: unsent.collaborator.email })}
          secret={unsent.password}
          label={t('collaborators.password')}
          copyLabel={t('collaborators.copyPassword')}
          onClose={() => {
            setUnsent(undefined);
            addButton.current?.focus();
          }}
        />
      )}
    </Page>
  );
}
