import { CopyButton, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../words/index.ts';
import styles from './copy-id.module.css';

interface CopyIDProps {
  value: string;
  /** What is copied, for the button's name: "Copy user ID". */
  label: string;
  /** Set like the text around it, for what people read. */
  plain?: boolean;
}

/** An id or code in full; a click copies it. */
export function CopyID({ value, label, plain }: CopyIDProps) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('copy.copied') : label}>
          <UnstyledButton
            className={styles.id}
            data-plain={plain || undefined}
            onClick={copy}
            aria-label={`${label}: ${value}`}
          >
            <span className={styles.value}>{value}</span>
            {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
