import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId } from 'react';
import type { MyProject } from '../api/me.ts';
import { Failure } from '../layout/failure.tsx';
import { FormError } from '../layout/form-error.tsx';
import { LeaveQuestion } from '../layout/leave-question.tsx';
import { NotAllowed } from '../layout/not-allowed.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { t } from '../words/index.ts';
import { settingsQuery } from './queries.ts';
import { SaveBar } from './save-bar.tsx';
import type { SettingKey, SettingValues } from './setting-values.ts';
import styles from './settings-page.module.css';
import { type Checks, type SettingsForm, useSettingsForm } from './use-settings-form.ts';

interface SettingsPageProps<Key extends SettingKey> {
  title: string;
  about: ReactNode;
  /** What the page changes, in the order of its fields. */
  keys: readonly Key[];
  checks?: Checks<Key>;
  /** The fields. */
  children(form: SettingsForm<Key>, project: MyProject): ReactNode;
  /** What stands below the form and is no part of it. */
  after?(form: SettingsForm<Key>, project: MyProject): ReactNode;
}

/** A page of settings: everybody in the project sees them, owners change them, all that was changed at once. */
export function SettingsPage<Key extends SettingKey>(props: SettingsPageProps<Key>) {
  const project = useProject();
  const settings = useQuery(settingsQuery(project.id, props.keys));
  return (
    <Page narrow title={props.title} about={props.about}>
      {settings.data ? (
        <LoadedSettings key={project.id} {...props} project={project} saved={settings.data} />
      ) : settings.isError ? (
        <Failure error={settings.error} onRetry={() => void settings.refetch()} />
      ) : (
        <Stack gap="lg" aria-busy>
          <Skeleton height={180} radius="lg" />
          <Skeleton height={140} radius="lg" />
        </Stack>
      )}
    </Page>
  );
}

interface LoadedProps<Key extends SettingKey> extends SettingsPageProps<Key> {
  project: MyProject;
  saved: Pick<SettingValues, Key>;
}

function LoadedSettings<Key extends SettingKey>({ project, saved, ...props }: LoadedProps<Key>) {
  const { title, keys, checks, children, after } = props;
  const id = useId();
  const isReadOnly = project.role !== 'owner';
  const form = useSettingsForm({ projectID: project.id, keys, saved, isReadOnly, checks });
  return (
    <Stack gap="lg">
      {isReadOnly && <NotAllowed>{t('settings.ownersOnly')}</NotAllowed>}
      <form
        id={id}
        ref={form.ref}
        className={styles.form}
        aria-label={title}
        data-read-only={isReadOnly || undefined}
        tabIndex={-1}
        noValidate
        onSubmit={form.submit}
      >
        {children(form, project)}
        <FormError title={t('settings.failed')}>{form.error}</FormError>
      </form>
      {after?.(form, project)}
      {form.isDirty && <SaveBar form={id} isBusy={form.isBusy} onDiscard={form.discard} />}
      <LeaveQuestion guard={form.guard} />
    </Stack>
  );
}
