import { Alert, Button, Checkbox, Radio, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { wordsForError } from '../../layout/words-for-error.ts';
import { t } from '../../words/index.ts';
import { isSent, modesFor, type NewPassword, type Options, type PasswordMode } from './new-password.ts';
import { PasswordField } from './password-field.tsx';
import type { NewPasswordState } from './use-new-password.ts';

interface NewPasswordFieldsProps {
  value: NewPassword;
  onChange(patch: Partial<NewPassword>): void;
  state: NewPasswordState;
  options: Options;
  /** Whether the user may be left without a password. */
  optional?: boolean;
  /** Where it is sent. */
  recipients: readonly string[];
  /** Why it cannot be sent, where it cannot. */
  whyNotSent: string;
  errors: { password?: React.ReactNode; send?: React.ReactNode };
  /** The password's field, for who wants to lead there. */
  fieldRef: React.Ref<HTMLInputElement>;
  /** What else the form lets choose, below the boxes to tick. */
  children?: React.ReactNode;
}

const MODES = {
  none: { label: 'password.modeNone', about: 'password.modeNoneAbout' },
  typed: { label: 'password.modeTyped', about: 'password.modeTypedAbout' },
  generated: { label: 'password.modeGenerated', about: 'password.modeGeneratedAbout' },
} as const;

/** How a password is set: typed or generated, sent or not, to be changed at the next login or not. */
export function NewPasswordFields(props: NewPasswordFieldsProps) {
  const {
    value,
    onChange,
    state,
    options,
    optional = false,
    recipients,
    whyNotSent,
    errors,
    fieldRef,
    children,
  } = props;
  const modes = modesFor(options, optional);
  const isAutomatic = value.mode === 'generated';
  return (
    <Stack gap="lg">
      {!options.mayType && (
        <Alert icon={<IconInfoCircle size={18} aria-hidden />} color="gray">
          {options.canSend || optional ? t('password.typingOff') : t('password.typingOffNoEmail')}
        </Alert>
      )}
      {modes.length > 1 && (
        <Radio.Group
          label={t('password.mode')}
          value={value.mode}
          onChange={(mode) => onChange({ mode: mode as PasswordMode })}
        >
          <Stack gap="sm" mt="xs">
            {modes.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(MODES[mode].label)}
                description={t(MODES[mode].about)}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {value.mode !== 'none' && (
        <>
          {options.mayType && (
            <PasswordField
              fieldRef={fieldRef}
              value={isAutomatic ? '' : value.password}
              onChange={(password) => onChange({ password })}
              error={errors.password ?? checkFailure(state)}
              disabled={isAutomatic}
              rules={state.rules}
              level={state.level}
              onGenerate={state.generate}
              onCopy={state.copy}
              onCopiedByHand={state.noteCopied}
            />
          )}
          <Stack gap="sm">
            <Checkbox
              label={t('password.send')}
              description={sendWords(isAutomatic, options, recipients, whyNotSent)}
              checked={isSent(value, options)}
              disabled={!options.canSend || isAutomatic}
              onChange={(event) => onChange({ send: event.currentTarget.checked })}
              error={errors.send}
            />
            <Checkbox
              label={t('password.expire')}
              description={t('password.expireAbout')}
              checked={value.expire}
              onChange={(event) => onChange({ expire: event.currentTarget.checked })}
            />
            {children}
          </Stack>
        </>
      )}
    </Stack>
  );
}

function sendWords(
  isAutomatic: boolean,
  { canSend }: Options,
  recipients: readonly string[],
  whyNotSent: string,
): string {
  if (!canSend) return whyNotSent;
  if (isAutomatic) return t('password.sendLocked');
  if (recipients.length === 0) return t('password.sendToNew');
  return t('password.sendTo', { recipients: recipients.join(', ') });
}

function checkFailure({ checkError, retryCheck }: NewPasswordState) {
  if (!checkError) return undefined;
  return (
    <>
      {t('password.checkFailed', { words: wordsForError(checkError) })}{' '}
      <Button size="compact-xs" variant="default" onClick={retryCheck}>
        {t('failure.again')}
      </Button>
    </>
  );
}
