import { Button, NativeSelect, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type MyProject, meQuery, type Role, useMe } from '../../api/me.ts';
import { askToConfirm } from '../../layout/confirm.tsx';
import { notifyDone, notifyFailed } from '../../layout/notify.tsx';
import styles from '../../layout/plain-table.module.css';
import { RelativeTime } from '../../layout/relative-time.tsx';
import { useFocusHandedOn } from '../../layout/use-focus-handed-on.ts';
import { t } from '../../words/index.ts';
import { type Collaborator, changeRole, collaboratorsKey, removeCollaborator, roleFrom } from './queries.ts';
import { ROLES } from './role-choice.tsx';

interface CollaboratorsTableProps {
  project: MyProject;
  people: readonly Collaborator[];
}

/** Whoever has been deleted from the home project has no name any more. */
const nameOf = ({ name }: Collaborator): string => name || t('collaborators.deleted');

/** One row for each: who, in which role, since when. */
export function CollaboratorsTable({ project, people }: CollaboratorsTableProps) {
  const isOwner = project.role === 'owner';
  const owners = people.filter(({ role }) => role === 'OWNER').length;
  return (
    <table className={styles.table} aria-label={t('collaborators.title')}>
      <thead>
        <tr>
          <th scope="col">{t('collaborators.person')}</th>
          <th scope="col">{t('collaborators.role')}</th>
          <th scope="col">{t('collaborators.since')}</th>
          {isOwner && (
            <th scope="col">
              <span className={styles.hidden}>{t('adminAPI.actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonRow
            key={person.id}
            project={project}
            person={person}
            isLastOwner={person.role === 'OWNER' && owners === 1}
          />
        ))}
      </tbody>
    </table>
  );
}

interface PersonRowProps {
  project: MyProject;
  person: Collaborator;
  isLastOwner: boolean;
}

function PersonRow({ project, person, isLastOwner }: PersonRowProps) {
  const { operator } = useMe();
  const isMe = person.userID === operator.id;
  const mayChange = project.role === 'owner';
  const { change, remove } = useChanges(project, person, isMe);
  const removeButton = useFocusHandedOn<HTMLButtonElement>();
  return (
    <tr>
      <td data-label={t('collaborators.person')}>
        <div style={{ overflowWrap: 'anywhere' }}>
          <Text span fw={550}>
            {nameOf(person)}
          </Text>
          {isMe && (
            <Text span size="sm" c="dimmed">
              {' '}
              {t('collaborators.you')}
            </Text>
          )}
          {person.email && person.email !== person.name && (
            <Text size="sm" c="dimmed">
              {person.email}
            </Text>
          )}
        </div>
      </td>
      <td data-label={t('collaborators.role')}>
        {mayChange && !isLastOwner ? (
          <NativeSelect
            size="xs"
            aria-label={t('collaborators.roleOf', { name: nameOf(person) })}
            value={roleFrom(person.role)}
            disabled={change.isPending}
            onChange={({ currentTarget }) => {
              const role = ROLES.find((one) => one === currentTarget.value);
              if (role) confirmChange({ person, role, isMe, onConfirm: () => change.mutate(role) });
            }}
            data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          />
        ) : (
          <span>
            {t(`role.${roleFrom(person.role)}`)}
            {mayChange && (
              <Text size="xs" c="dimmed">
                {t('collaborators.lastOwner')}
              </Text>
            )}
          </span>
        )}
      </td>
      <td data-label={t('collaborators.since')}>
        <RelativeTime time={person.createdAt} />
      </td>
      {mayChange && (
        <td className={styles.act}>
          {!isLastOwner && (
            <Button
              ref={removeButton}
              size="compact-sm"
              variant="default"
              c="var(--bad)"
              aria-label={t('collaborators.removeOf', { name: nameOf(person) })}
              onClick={() => confirmRemoval({ person, project, isMe, onConfirm: () => remove.mutate() })}
            >
              {t('collaborators.remove')}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}

function useChanges(project: MyProject, person: Collaborator, isMe: boolean) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const again = async () => {
    await queryClient.invalidateQueries({ queryKey: collaboratorsKey(project.id) });
    if (isMe) await queryClient.invalidateQueries(meQuery);
  };
  const change = useMutation({
    mutationFn: (role: Role) => changeRole(project.id, person.id, role),
    onSuccess: () => notifyDone({ title: t('collaborators.changed') }),
    onError: (error) => notifyFailed(t('collaborators.notChanged'), error),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: () => removeCollaborator(project.id, person.id),
    onSuccess: async () => {
      notifyDone({ title: t('collaborators.removed', { name: nameOf(person) }) });
      if (!isMe) return again();
      await queryClient.fetchQuery({ ...meQuery, staleTime: 0 });
      await navigate({ to: '/' });
    },
    onError: (error) => {
      notifyFailed(t('collaborators.notRemoved'), error);
      void again();
    },
  });
  return { change, remove };
}

/** Who lowers their own role cannot take that back: asks first. */
function confirmChange({
  person,
  role,
  isMe,
  onConfirm,
}: {
  person: Collaborator;
  role: Role;
  isMe: boolean;
  onConfirm(): void;
}): void {
  if (!isMe || role === roleFrom(person.role)) {
    onConfirm();
    return;
  }
  askToConfirm({
    title: t('collaborators.lowerMyself', { role: t(`role.${role}`) }),
    children: t('collaborators.lowerMyselfAbout'),
    act: t('collaborators.lower'),
    onAct: onConfirm,
  });
}

/** Names who goes, and says what that ends. */
function confirmRemoval({
  person,
  project,
  isMe,
  onConfirm,
}: {
  person: Collaborator;
  project: MyProject;
  isMe: boolean;
  onConfirm(): void;
}): void {
  const name = nameOf(person);
  askToConfirm({
    title: isMe
      ? t('collaborators.leaveTitle', { project: project.name })
      : t('collaborators.removeTitle', { name }),
    children: isMe
      ? t('collaborators.leaveAbout')
      : t('collaborators.removeAbout', { name, project: project.name }),
    act: isMe ? t('collaborators.leave') : t('collaborators.remove'),
    onAct: onConfirm,
  });
}
