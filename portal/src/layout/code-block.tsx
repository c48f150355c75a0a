import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../words/index.ts';
import styles from './code-block.module.css';
import { copyText } from './copy-text.ts';

interface CodeBlockProps {
  code: string;
  /** What it is, for who does not see it. */
  label: string;
  /** The name of the button that copies it. */
  copyLabel: string;
  onCopied?(): void;
  /** Keeps it low, where what stands below must be in view. */
  short?: boolean;
}

/** Code that scrolls sideways instead of breaking its lines, and copies at a click. */
export function CodeBlock({ code, label, copyLabel, onCopied, short }: CodeBlockProps) {
  const [copied, setCopied] = useState<string>();
  const isCopied = copied === code;
  const copy = async () => {
    if (!(await copyText(code))) return;
    setCopied(code);
    onCopied?.();
  };
  return (
    <div className={styles.block}>
      <section
        className={styles.code}
        data-short={short || undefined}
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        onCopy={onCopied}
      >
        <pre>{code}</pre>
      </section>
      <Button
        className={styles.copy}
        size="compact-sm"
        variant="default"
        aria-label={copyLabel}
        leftSection={isCopied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        onClick={() => void copy()}
      >
        {isCopied ? t('copy.copied') : t('copy.action')}
      </Button>
    </div>
  );
}
