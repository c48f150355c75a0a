import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface ConfirmProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** What goes on as it was; has the focus. */
  keep: string;
  onKeep: () => void;
  /** What cannot be taken back. */
  act: string;
  onAct: () => void;
}

/** Asks before something that cannot be undone. Escape means: keep. */
export function Confirm({ opened, title, children, keep, onKeep, act, onAct }: ConfirmProps) {
  return (
    <Modal opened={opened} onClose={onKeep} title={title} withCloseButton={false}>
      <Stack gap="lg">
        <div>{children}</div>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" data-autofocus onClick={onKeep}>
            {keep}
          </Button>
          <Button color="red" onClick={onAct}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
