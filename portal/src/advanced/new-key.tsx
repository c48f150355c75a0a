import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { CodeBlock } from '../layout/code-block.tsx';
import { useLeaveGuard } from '../layout/leave-guard.ts';
import { t } from '../words/index.ts';
import { keyFile } from './examples.ts';
import type { NewAdminKey } from './queries.ts';

interface NewKeyProps {
  projectID: string;
  /** Undefined while none was just made. */
  newKey: NewAdminKey | undefined;
  onClose(): void;
}

/** Shows the private part of a new key, this once. */
export function NewKey({ projectID, newKey, onClose }: NewKeyProps) {
  return newKey && <OpenNewKey key={newKey.keyID} projectID={projectID} newKey={newKey} onClose={onClose} />;
}

function OpenNewKey({ projectID, newKey, onClose }: NewKeyProps & { newKey: NewAdminKey }) {
  const [isSaved, setSaved] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const guard = useLeaveGuard(!isSaved);
  const warn = isWarned || guard.isAsked;
  const close = () => {
    if (isSaved) onClose();
    else setWarned(true);
  };
  const leave = () => {
    guard.release();
    if (guard.isAsked) guard.leave();
    onClose();
  };
  const saved = () => {
    setSaved(true);
    setWarned(false);
    guard.stay();
  };
  const download = () => {
    save(keyFile({ projectID, keyID: newKey.keyID }), newKey.privateKey);
    saved();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t('newKey.title')}
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
    >
      <Stack gap="md">
        <Text>{t('newKey.about')}</Text>
        <CodeBlock
          short
          code={newKey.privateKey}
          label={t('newKey.privateKey')}
          copyLabel={t('newKey.copy')}
          onCopied={saved}
        />
        {warn && !isSaved && (
          <Alert role="alert" color="red" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('newKey.unsaved')}
            <Button mt="sm" size="xs" color="red" display="block" onClick={leave}>
              {t('newKey.leave')}
            </Button>
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <Button
            variant={isSaved ? 'default' : 'filled'}
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={download}
          >
            {t('newKey.download')}
          </Button>
          <Button variant={isSaved ? 'filled' : 'default'} onClick={close}>
            {t('newKey.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Has the browser save a text under a name. */
function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/x-pem-file' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
