import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame, RuleLine } from '../model.ts';
import { NewPassword } from '../new-password.tsx';
import { Field, Form, SubmitButton } from '../parts.tsx';

/** The one-time page that makes the first operator, the owner of the home project. */
export function FirstRunPage(props: {
  frame: PageFrame;
  action: string;
  judge: string;
  email?: string;
  rules: RuleLine[];
  passwordRules: string;
  errors?: { email?: string; newPassword?: string };
}): ReactNode {
  const { frame, errors } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('firstRun.title')}
      intro={t('firstRun.intro')}
      failed={Boolean(errors?.email || errors?.newPassword)}
    >
      <Form frame={frame} action={props.action} judge={props.judge}>
        <Field
          name="email"
          label={t('firstRun.emailLabel')}
          type="email"
          autoComplete="username"
          required
          maxLength={320}
          defaultValue={props.email}
          error={errors?.email}
          autoFocus={!errors?.newPassword || Boolean(errors.email)}
        />
        <NewPassword
          frame={frame}
          label={t('firstRun.password')}
          rules={props.rules}
          passwordRules={props.passwordRules}
          error={errors?.newPassword}
          autoFocus={Boolean(errors?.newPassword && !errors.email)}
        />
        <SubmitButton>{t('firstRun.submit')}</SubmitButton>
      </Form>
    </Layout>
  );
}
