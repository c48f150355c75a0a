import { Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { MyProject } from '../../api/me.ts';
import { BusyButton } from '../../layout/busy-button.tsx';
import { FormError } from '../../layout/form-error.tsx';
import { useLeaveGuard } from '../../layout/leave-guard.ts';
import { LeaveQuestion } from '../../layout/leave-question.tsx';
import { RoutedButton } from '../../layout/routed-button.tsx';
import { t } from '../../words/index.ts';
import { LostPassword } from '../new-password/lost-password.tsx';
import { isSent, modesFor, type NewPassword, passwordInput } from '../new-password/new-password.ts';
import { NewPasswordFields } from '../new-password/new-password-fields.tsx';
import { passwordErrors } from '../new-password/password-errors.ts';
import type { PasswordPolicy } from '../new-password/policy.ts';
import { useNewPassword } from '../new-password/use-new-password.ts';
import type { User } from '../queries.ts';
import { valuesOf } from '../user-words.ts';
import { useAfterChange } from './after-change.ts';
import { resetPassword } from './queries.ts';
import { RevokeBox } from './revoke-box.tsx';

interface ChangePasswordFormProps {
  project: MyProject;
  user: User;
  policy: PasswordPolicy;
}

interface Values extends NewPassword {
  revoke: boolean;
}

/** The form that resets a password: typed or generated, sent or not; then back to Account Security. */
export function ChangePasswordForm({ project, user, policy }: ChangePasswordFormProps) {
  const emails = valuesOf(user, 'email');
  const options = { canSend: emails.length > 0, mayType: policy.typingByOperators };
  const [mode = 'typed'] = modesFor(options, false);
  const form = useForm<Values>({
    initialValues: { mode, password: '', send: false, expire: true, revoke: true },
    clearInputErrorOnChange: true,
  });
  const password = useNewPassword(
    { projectID: project.id, policy, options, userID: user.id },
    form.values,
    (generated) => form.setValues({ password: generated }),
  );
  const [isLost, setLost] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const [isSaved, setSaved] = useState(false);
  const guard = useLeaveGuard(isLost || (!isSaved && form.isDirty()));
  const after = useAfterChange(project.id, user.id);

  const change = useMutation({
    mutationFn: () =>
      resetPassword(project.id, {
        userID: user.id,
        password: passwordInput(form.values) ?? '',
        sendPassword: isSent(form.values, options),
        setPasswordExpired: form.values.expire,
        revokeSessions: form.values.revoke,
      }),
    onSuccess: (messages) => {
      setSaved(true);
      after.note(messages, form.values);
      if (password.wouldBeLost) {
        setLost(true);
        return;
      }
      guard.release();
      after.leave();
    },
    onError: (error) => {
      const errors = passwordErrors(error);
      password.noteRefusal(error);
      form.setErrors(errors);
      if (errors.password !== undefined) passwordField.current?.focus();
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password.isComplete && !change.isPending && !change.isSuccess) change.mutate();
  };
  const leaveLost = () => {
    setLost(false);
    guard.release();
    if (guard.isAsked) guard.leave();
    else after.leave();
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {emails.map((email, index) => (
          <TextInput
            key={email}
            label={index === 0 ? t('changePassword.email') : undefined}
            aria-label={index === 0 ? undefined : t('changePassword.email')}
            value={email}
            readOnly
            variant="filled"
          />
        ))}
        <NewPasswordFields
          value={form.values}
          onChange={(patch) => form.setValues(patch)}
          state={password}
          options={options}
          recipients={emails}
          whyNotSent={t('password.sendNoEmail')}
          errors={form.errors}
          fieldRef={passwordField}
        >
          <RevokeBox
            checked={form.values.revoke}
            onChange={(revoke) => form.setValues({ revoke })}
            projectID={project.id}
            userID={user.id}
          />
        </NewPasswordFields>
        <FormError title={t('changePassword.failed')}>{form.errors.form}</FormError>
        <Group gap="sm">
          <BusyButton type="submit" disabled={!password.isComplete} busy={change.isPending}>
            {t('changePassword.submit')}
          </BusyButton>
          <RoutedButton
            variant="default"
            to="/project/$projectID/users/$userID/account-security"
            params={{ projectID: project.id, userID: user.id }}
          >
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
