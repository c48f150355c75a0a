import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type MyProject, meQuery } from '../api/me.ts';
import { BusyButton } from '../layout/busy-button.tsx';
import { CopyID } from '../layout/copy-id.tsx';
import { Definition, Definitions } from '../layout/definition.tsx';
import { notifyDone } from '../layout/notify.tsx';
import { wordsForError } from '../layout/words-for-error.ts';
import { t } from '../words/index.ts';
import { renameProject } from './queries.ts';
import { Section } from './section.tsx';

/** What a project is called and found by. */
export function ProjectSection({ project }: { project: MyProject }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t('general.project')}>
      <Definitions>
        <Definition name={t('general.name')}>
          <Group gap="sm">
            {project.name}
            {project.role === 'owner' && (
              <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
                {t('general.rename')}
              </Button>
            )}
          </Group>
        </Definition>
        <Definition name={t('general.id')} about={t('general.idAbout')}>
          <CopyID value={project.id} label={t('general.copyID')} />
        </Definition>
        <Definition name={t('general.origin')} about={t('general.originAbout')}>
          <CopyID value={project.origin} label={t('general.copyOrigin')} />
        </Definition>
      </Definitions>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t('general.renameTitle')}>
        <RenameForm project={project} onDone={() => setOpen(false)} />
      </Modal>
    </Section>
  );
}

function RenameForm({ project, onDone }: { project: MyProject; onDone(): void }) {
  const [name, setName] = useState(project.name);
  const queryClient = useQueryClient();
  const rename = useMutation({
    mutationFn: () => renameProject(project.id, name),
    onSuccess: async () => {
      await queryClient.invalidateQueries(meQuery);
      await queryClient.invalidateQueries({ queryKey: [project.id] });
      notifyDone({ title: t('general.renamed') });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!rename.isPending) rename.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('general.name')}
          description={t('general.nameAbout')}
          autoComplete="off"
          data-autofocus
          maxLength={100}
          value={name}
          error={rename.error && wordsForError(rename.error)}
          onChange={(event) => {
            setName(event.currentTarget.value);
            rename.reset();
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <BusyButton
            type="submit"
            busy={rename.isPending}
            disabled={name.trim() === '' || name === project.name}
          >
            {t('settings.save')}
          </BusyButton>
        </Group>
      </Stack>
    </form>
  );
}
