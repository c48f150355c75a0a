import { Button, Group, Modal, Stack } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import { t } from '../words/index.ts';

interface Question {
  /** The question, with the name of whom or what it is about. */
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** What cannot be taken back. */
  act: string;
  onAct(): void;
}

interface ConfirmProps extends Question {
  opened: boolean;
  /** What goes on as it was; has the focus. */
  keep: string;
  onKeep(): void;
}

/** Asks before something that cannot be undone. Escape means: keep. */
export function Confirm({ opened, title, children, ...answers }: ConfirmProps) {
  return (
    <Modal opened={opened} onClose={answers.onKeep} title={title} withCloseButton={false}>
      <Answers {...answers}>{children}</Answers>
    </Modal>
  );
}

/** The same question, asked from wherever an act begins. */
export function askToConfirm({ title, children, act, onAct }: Question): void {
  const close = () => modals.close(id);
  const id = modals.open({
    title,
    withCloseButton: false,
    children: (
      <Answers
        keep={t('common.cancel')}
        onKeep={close}
        act={act}
        onAct={() => {
          close();
          onAct();
        }}
      >
        {children}
      </Answers>
    ),
  });
}

function Answers({ children, keep, onKeep, act, onAct }: Omit<ConfirmProps, 'opened' | 'title'>) {
  return (
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
  );
}
