import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame, RuleLine } from '../model.ts';
import { Confirmation, NewPassword } from '../new-password.tsx';
import { Form, HiddenUsername, SubmitButton } from '../parts.tsx';

/** The new password of somebody who has shown a link or a code. */
export function ResetPasswordPage(props: {
  frame: PageFrame;
  action: string;
  judge: string;
  loginID: string;
  rules: RuleLine[];
  passwordRules: string;
  errors?: { newPassword?: string; confirmation?: string };
}): ReactNode {
  const { frame, loginID, errors } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('reset.title')}
      intro={t('reset.intro', { loginID })}
      failed={Boolean(errors?.newPassword || errors?.confirmation)}
    >
      <Form frame={frame} action={props.action} judge={props.judge}>
        <HiddenUsername loginID={loginID} />
        <NewPassword
          frame={frame}
          label={t('change.newPassword')}
          rules={props.rules}
          passwordRules={props.passwordRules}
          error={errors?.newPassword}
          autoFocus={!errors?.confirmation}
        />
        <Confirmation frame={frame} error={errors?.confirmation} autoFocus={Boolean(errors?.confirmation)} />
        <SubmitButton>{t('reset.submit')}</SubmitButton>
      </Form>
      <p className="mt-4 text-sm text-muted">{t('reset.about')}</p>
    </Layout>
  );
}
