import { Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { BusyButton } from '../layout/busy-button.tsx';
import { FormError } from '../layout/form-error.tsx';
import { useLeaveGuard } from '../layout/leave-guard.ts';
import { LeaveQuestion } from '../layout/leave-question.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { notifyDelivery } from '../messages/delivery-notice.tsx';
import { t } from '../words/index.ts';
import { createUser, isTypeRefused, loginIDError } from './create-user.ts';
import { LoginIDFields } from './login-id-fields.tsx';
import { LostPassword } from './new-password/lost-password.tsx';
import { isSent, type NewPassword, passwordInput } from './new-password/new-password.ts';
import { NewPasswordFields } from './new-password/new-password-fields.tsx';
import { passwordErrors } from './new-password/password-errors.ts';
import type { PasswordPolicy } from './new-password/policy.ts';
import { useNewPassword } from './new-password/use-new-password.ts';
import { usersKey } from './queries.ts';
import type { LoginIDType } from './user-words.ts';

interface Values extends NewPassword {
  type: LoginIDType;
  loginID: string;
}

interface CreateUserFormProps {
  projectID: string;
  policy: PasswordPolicy;
}

/** The form that makes a user, and goes on to the user's page. */
export function CreateUserForm({ projectID, policy }: CreateUserFormProps) {
  const form = useForm<Values>({
    initialValues: { type: 'email', loginID: '', mode: 'none', password: '', send: false, expire: true },
    clearInputErrorOnChange: true,
  });
  const { type } = form.values;
  const loginID = form.values.loginID.trim();
  const options = { canSend: type === 'email', mayType: policy.typingByOperators };
  const password = useNewPassword(
    { projectID, policy, options, loginIDs: loginID === '' ? [] : [loginID] },
    form.values,
    (generated) => form.setValues({ password: generated }),
  );
  const [createdID, setCreatedID] = useState<string>();
  const [isLost, setLost] = useState(false);
  const guard = useLeaveGuard(isLost || (createdID === undefined && form.isDirty()));
  const loginIDField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const go = (userID: string) =>
    void navigate({ to: '/project/$projectID/users/$userID', params: { projectID, userID }, replace: true });

  const create = useMutation({
    mutationFn: () =>
      createUser(projectID, {
        type,
        loginID,
        password: passwordInput(form.values),
        sendPassword: isSent(form.values, options),
        setPasswordExpired: form.values.mode !== 'none' && form.values.expire,
      }),
    onSuccess: ({ userID, messages }) => {
      setCreatedID(userID);
      void queryClient.invalidateQueries({ queryKey: usersKey(projectID) });
      notifyDelivery({ title: t('createUser.done'), about: loginID, projectID, messages });
      if (password.wouldBeLost) {
        setLost(true);
        return;
      }
      guard.release();
      go(userID);
    },
    onError: (error) => {
      const beside = loginIDError(error, type);
      const ofPassword = passwordErrors(error);
      password.noteRefusal(error);
      if (beside !== undefined) form.setErrors({ loginID: beside });
      else if (isTypeRefused(error)) form.setErrors({ type: t('createUser.typeOff') });
      else form.setErrors(ofPassword);
      if (beside !== undefined) loginIDField.current?.focus();
      else if (ofPassword.password !== undefined) passwordField.current?.focus();
    },
  });

  const isComplete = loginID !== '' && password.isComplete;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete && !create.isPending && !create.isSuccess) create.mutate();
  };
  const changeType = (next: LoginIDType) => {
    const isStranded = next !== 'email' && form.values.mode === 'generated';
    form.setValues({ type: next, ...(isStranded && { mode: 'none' }) });
  };
  const leaveLost = () => {
    setLost(false);
    guard.release();
    if (guard.isAsked) guard.leave();
    else if (createdID !== undefined) go(createdID);
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <LoginIDFields
          type={type}
          onType={changeType}
          typeError={form.errors.type}
          input={form.getInputProps('loginID')}
          inputRef={loginIDField}
        />
        <NewPasswordFields
          value={form.values}
          onChange={(patch) => form.setValues(patch)}
          state={password}
          options={options}
          optional
          recipients={loginID === '' ? [] : [loginID]}
          whyNotSent={t('password.sendNoEmailNew')}
          errors={form.errors}
          fieldRef={passwordField}
        />
        <FormError title={t('createUser.failed')}>{form.errors.form}</FormError>
        <Group gap="sm">
          <BusyButton type="submit" disabled={!isComplete} busy={create.isPending}>
            {t('createUser.submit')}
          </BusyButton>
          <RoutedButton variant="default" to="/project/$projectID/users" params={{ projectID }}>
            {t('common.cancel')}
          </RoutedButton>
        </Group>
      </Stack>
      {!isLost && <LeaveQuestion guard={guard} />}
      <LostPassword
        opened={isLost}
        password={form.values.password}
        copy={password.copy}
        onLeave={leaveLost}
      />
    </form>
  );
}
