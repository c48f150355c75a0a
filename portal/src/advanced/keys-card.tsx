import { Button, Card, Code, Group, Skeleton, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { BusyButton } from '../layout/busy-button.tsx';
import { askToConfirm } from '../layout/confirm.tsx';
import { CopyID } from '../layout/copy-id.tsx';
import { Failure } from '../layout/failure.tsx';
import { notifyDone, notifyFailed } from '../layout/notify.tsx';
import styles from '../layout/plain-table.module.css';
import { RelativeTime } from '../layout/relative-time.tsx';
import { useFocusHandedOn } from '../layout/use-focus-handed-on.ts';
import { t } from '../words/index.ts';
import { NewKey } from './new-key.tsx';
import {
  type AdminKey,
  adminKeysKey,
  adminKeysQuery,
  createAdminKey,
  type NewAdminKey,
  revokeAdminKey,
} from './queries.ts';

/** The keys of a project: made here, shown once, ended here. */
export function KeysCard({ projectID }: { projectID: string }) {
  const queryClient = useQueryClient();
  const keys = useQuery(adminKeysQuery(projectID));
  const [newKey, setNewKey] = useState<NewAdminKey>();
  const createButton = useRef<HTMLButtonElement>(null);
  const again = () => queryClient.invalidateQueries({ queryKey: adminKeysKey(projectID) });
  const create = useMutation({
    mutationFn: () => createAdminKey(projectID),
    onSuccess: setNewKey,
    onError: (error) => notifyFailed(t('adminAPI.createFailed'), error),
    onSettled: again,
  });
  const revoke = useMutation({
    mutationFn: (keyID: string) => revokeAdminKey(projectID, keyID),
    onSuccess: () => notifyDone({ title: t('adminAPI.revokeDone') }),
    onError: (error) => notifyFailed(t('adminAPI.revokeFailed'), error),
    onSettled: again,
  });
  const forgetNewKey = () => {
    setNewKey(undefined);
    createButton.current?.focus();
  };
  return (
    <Card component="section" aria-labelledby="keys">
      <Group justify="space-between" align="flex-start" gap="sm" mb="md">
        <div className={styles.head}>
          <Title order={2} id="keys">
            {t('adminAPI.keys')}
          </Title>
          <Text c="dimmed">{t('adminAPI.keysAbout')}</Text>
        </div>
        <BusyButton
          ref={createButton}
          leftSection={<IconPlus size={16} aria-hidden />}
          busy={create.isPending}
          onClick={() => create.mutate()}
        >
          {t('adminAPI.create')}
        </BusyButton>
      </Group>
      {keys.isError ? (
        <Failure error={keys.error} onRetry={() => void keys.refetch()} />
      ) : keys.isPending ? (
        <Skeleton height={88} />
      ) : keys.data.length === 0 ? (
        <Text mih={44}>{t('adminAPI.none')}</Text>
      ) : (
        <KeyTable keys={keys.data} onRevoke={(keyID) => confirmRevoke(keyID, () => revoke.mutate(keyID))} />
      )}
      <NewKey projectID={projectID} newKey={newKey} onClose={forgetNewKey} />
    </Card>
  );
}

/** Names the key and says what becomes of its programs, before it is ended. */
function confirmRevoke(keyID: string, onConfirm: () => void): void {
  askToConfirm({
    title: t('adminAPI.revokeTitle'),
    children: (
      <>
        <Code block>{keyID}</Code>
        <Text mt="sm">{t('adminAPI.revokeAbout')}</Text>
      </>
    ),
    act: t('adminAPI.revoke'),
    onAct: onConfirm,
  });
}

interface KeyTableProps {
  keys: readonly AdminKey[];
  onRevoke(keyID: string): void;
}

function KeyTable({ keys, onRevoke }: KeyTableProps) {
  return (
    <table className={styles.table} aria-label={t('adminAPI.keys')}>
      <thead>
        <tr>
          <th scope="col">{t('adminAPI.keyID')}</th>
          <th scope="col">{t('adminAPI.created')}</th>
          <th scope="col">{t('adminAPI.lastUsed')}</th>
          <th scope="col">
            <span className={styles.hidden}>{t('adminAPI.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.keyID} data-revoked={key.revokedAt !== null || undefined}>
            <td data-label={t('adminAPI.keyID')}>
              <CopyID value={key.keyID} label={t('adminAPI.copyKeyID')} />
            </td>
            <td data-label={t('adminAPI.created')}>
              <RelativeTime time={key.createdAt} />
            </td>
            <td data-label={t('adminAPI.lastUsed')}>
              {key.lastUsedAt ? <RelativeTime time={key.lastUsedAt} /> : t('adminAPI.never')}
            </td>
            <td className={styles.act}>
              {key.revokedAt ? (
                <Text span size="sm" c="dimmed">
                  {t('adminAPI.revoked')} <RelativeTime time={key.revokedAt} />
                </Text>
              ) : (
                <RevokeButton keyID={key.keyID} onClick={() => onRevoke(key.keyID)} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RevokeButton({ keyID, onClick }: { keyID: string; onClick(): void }) {
  const ref = useFocusHandedOn<HTMLButtonElement>();
  return (
    <Button
      ref={ref}
      size="compact-sm"
      variant="default"
      c="var(--bad)"
      aria-label={t('adminAPI.revokeKey', { keyID })}
      onClick={onClick}
    >
      {t('adminAPI.revoke')}
    </Button>
  );
}
