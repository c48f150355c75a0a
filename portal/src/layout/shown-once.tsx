import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { t } from '../words/index.ts';
import { CodeBlock } from './code-block.tsx';
import { useLeaveGuard } from './leave-guard.ts';

interface ShownOnceProps {
  title: string;
  /** What it is good for. */
  about: ReactNode;
  secret: string;
  /** What it is called: "Client secret". */
  label: string;
  copyLabel: string;
  /** Called when it is done with: copied, or given up. */
  onClose(): void;
}

/** Shows a secret that can never be seen again, and does not go before it is copied or given up on purpose. */
export function ShownOnce({ title, about, secret, label, copyLabel, onClose }: ShownOnceProps) {
  const [isCopied, setCopied] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const guard = useLeaveGuard(!isCopied);
  const warn = (isWarned || guard.isAsked) && !isCopied;
  const close = () => {
    if (isCopied) onClose();
    else setWarned(true);
  };
  const giveUp = () => {
    guard.release();
    if (guard.isAsked) guard.leave();
    onClose();
  };
  const copied = () => {
    setCopied(true);
    guard.release();
    guard.stay();
  };
  return (
    <Modal opened onClose={close} title={title} size="lg" withCloseButton={false} closeOnClickOutside={false}>
      <Stack gap="md">
        <Text component="div">{about}</Text>
        <CodeBlock short code={secret} label={label} copyLabel={copyLabel} onCopied={copied} />
        {warn && (
          <Alert role="alert" color="red" icon={<IconAlertTriangle size={18} aria-hidden />}>
            {t('shownOnce.uncopied')}
            <Button mt="sm" size="xs" color="red" display="block" onClick={giveUp}>
              {t('shownOnce.giveUp')}
            </Button>
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant={isCopied ? 'filled' : 'default'} onClick={close}>
            {t('shownOnce.done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
