import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame, RuleLine } from '../model.ts';
import { Confirmation, NewPassword } from '../new-password.tsx';
import { Form, HiddenUsername, SubmitButton, TextButton } from '../parts.tsx';

/** The forced change: nothing is granted until a new password is set. */
export function ChangePasswordPage(props: {
  frame: PageFrame;
  action: string;
  judge: string;
  /** Forgets who is signing in, for those who meant another account. */
  startOver: string;
  loginID: string;
  rules: RuleLine[];
  passwordRules: string;
  errors?: { newPassword?: string; confirmation?: string };
}): ReactNode {
  const { frame, errors } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('change.title')}
      intro={t('change.intro', { loginID: props.loginID })}
      failed={Boolean(errors?.newPassword || errors?.confirmation)}
    >
      <Form frame={frame} action={props.action} judge={props.judge}>
        <HiddenUsername loginID={props.loginID} />
        <NewPassword
          frame={frame}
          label={t('change.newPassword')}
          rules={props.rules}
          passwordRules={props.passwordRules}
          error={errors?.newPassword}
          autoFocus
        />
        <Confirmation frame={frame} error={errors?.confirmation} />
        <SubmitButton>{t('change.submit')}</SubmitButton>
      </Form>
      <form method="post" action={props.startOver} className="mt-4 text-center text-sm">
        <input type="hidden" name="csrf" value={frame.csrfToken ?? ''} />
        <TextButton>{t('change.startOver')}</TextButton>
      </form>
    </Layout>
  );
}
