import { Button, PasswordInput, Stack } from '@mantine/core';
import { IconCopy, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { BusyButton } from '../../layout/busy-button.tsx';
import { t } from '../../words/index.ts';
import styles from './password-field.module.css';
import type { Rule } from './policy.ts';
import { PolicyChecklist } from './policy-checklist.tsx';
import { StrengthMeter } from './strength-meter.tsx';

interface PasswordFieldProps {
  fieldRef: React.Ref<HTMLInputElement>;
  value: string;
  onChange(value: string): void;
  error?: React.ReactNode;
  /** The field is shut while a password is generated automatically. */
  disabled: boolean;
  rules: readonly Rule[];
  level: number;
  /** Fills in a fresh password; settles when it is there, or told why not. */
  onGenerate(): Promise<void>;
  onCopy(): void;
  /** The operator copied from the field by hand. */
  onCopiedByHand(): void;
}

/** No password manager is to save a user's password as the operator's own, or to fill that in here. */
const NOT_MINE = {
  autoComplete: 'new-password',
  spellCheck: false,
  autoCapitalize: 'off',
  'data-1p-ignore': true,
  'data-bwignore': true,
  'data-lpignore': 'true',
};

/** The new password: typed or generated, with reveal, copy, its strength and the rules it has to keep. */
export function PasswordField(props: PasswordFieldProps) {
  const { fieldRef, value, onChange, error, disabled, rules, level, onGenerate, onCopy, onCopiedByHand } =
    props;
  const [visible, setVisible] = useState(false);
  const [busy, setBusy] = useState(false);
  const generate = async () => {
    setBusy(true);
    await onGenerate();
    setBusy(false);
    setVisible(true);
  };
  return (
    <Stack gap="sm">
      <PasswordInput
        {...NOT_MINE}
        ref={fieldRef}
        label={t('password.label')}
        placeholder={disabled ? t('password.automatic') : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onCopy={onCopiedByHand}
        error={error}
        disabled={disabled}
        visible={visible && !disabled}
        onVisibilityChange={setVisible}
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': t('password.reveal') }}
        aria-invalid={error ? true : undefined}
        classNames={{ innerInput: visible ? styles.shown : undefined }}
        inputContainer={(input) => (
          <div className={styles.row}>
            <div className={styles.input}>{input}</div>
            <BusyButton
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              disabled={disabled}
              busy={busy}
              onClick={() => void generate()}
            >
              {t('password.generate')}
            </BusyButton>
            <Button
              variant="default"
              leftSection={<IconCopy size={16} aria-hidden />}
              disabled={disabled || value === ''}
              onClick={onCopy}
            >
              {t('password.copy')}
            </Button>
          </div>
        )}
      />
      {!disabled && (
        <>
          <StrengthMeter level={level} />
          <PolicyChecklist rules={rules} />
        </>
      )}
    </Stack>
  );
}
