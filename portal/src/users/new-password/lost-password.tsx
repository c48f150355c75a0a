import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { t } from '../../words/index.ts';

interface LostPasswordProps {
  opened: boolean;
  password: string;
  /** Copies it; tells whether it is on the clipboard. */
  copy(): Promise<boolean>;
  onLeave(): void;
}

/** Stands between a saved form and the next page when nobody else will ever see the generated password. */
export function LostPassword({ opened, password, copy, onLeave }: LostPasswordProps) {
  const copyAndLeave = async () => {
    if (await copy()) onLeave();
  };
  return (
    <Modal
      opened={opened}
      onClose={onLeave}
      title={t('lost.title')}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <Stack gap="md">
        <Text>{t('lost.about')}</Text>
        <Code block fz="md">
          {password}
        </Code>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onLeave}>
            {t('lost.leave')}
          </Button>
          <Button
            data-autofocus
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={() => void copyAndLeave()}
          >
            {t('lost.copy')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
