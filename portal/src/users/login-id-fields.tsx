import { Input, SegmentedControl, TextInput } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import { t } from '../words/index.ts';
import { LOGIN_ID_WORDS, type LoginIDType } from './user-words.ts';

const TYPES: LoginIDType[] = ['email', 'phone', 'username'];

/** What each kind of login id wants of a touch keyboard, and what to say about it. */
const FIELDS = {
  email: { type: 'email', inputMode: 'email', hint: 'createUser.emailHint' },
  phone: { type: 'tel', inputMode: 'tel', hint: 'createUser.phoneHint' },
  username: { type: 'text', inputMode: 'text', hint: 'createUser.usernameHint' },
} as const;

interface LoginIDFieldsProps {
  type: LoginIDType;
  onType(type: LoginIDType): void;
  typeError?: ReactNode;
  /** Value, change and error of the field, as the form hands them out. */
  input: object;
  inputRef: Ref<HTMLInputElement>;
}

/** What a new user signs in with: the kind, and the text. Nothing of the operator's own is filled in. */
export function LoginIDFields({ type, onType, typeError, input, inputRef }: LoginIDFieldsProps) {
  return (
    <>
      <Input.Wrapper label={t('createUser.identity')} labelElement="div" error={typeError}>
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label={t('createUser.identity')}
          value={type}
          onChange={(next) => onType(next as LoginIDType)}
          data={TYPES.map((value) => ({ value, label: t(LOGIN_ID_WORDS[value]) }))}
        />
      </Input.Wrapper>
      <TextInput
        ref={inputRef}
        label={t(LOGIN_ID_WORDS[type])}
        description={t(FIELDS[type].hint)}
        type={FIELDS[type].type}
        inputMode={FIELDS[type].inputMode}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
        autoFocus
        data-1p-ignore
        {...input}
      />
    </>
  );
}
