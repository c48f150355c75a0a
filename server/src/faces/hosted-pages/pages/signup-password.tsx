import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame, RuleLine } from '../model.ts';
import { NewPassword } from '../new-password.tsx';
import { Form, HiddenUsername, SubmitButton, TextLink } from '../parts.tsx';

/** The last step of a sign-up: a password for the address that was proved. */
export function SignupPasswordPage(props: {
  frame: PageFrame;
  action: string;
  judge: string;
  another: string;
  address: string;
  rules: RuleLine[];
  passwordRules: string;
  error?: string;
}): ReactNode {
  const { frame, error } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('signup.passwordTitle')}
      intro={t('signup.passwordIntro', { address: props.address })}
      failed={Boolean(error)}
    >
      <Form frame={frame} action={props.action} judge={props.judge}>
        <HiddenUsername loginID={props.address} />
        <NewPassword
          frame={frame}
          label={t('signup.password')}
          rules={props.rules}
          passwordRules={props.passwordRules}
          error={error}
          autoFocus
        />
        <SubmitButton>{t('signup.create')}</SubmitButton>
      </Form>
      <p className="mt-4 text-center text-sm">
        <TextLink href={props.another}>{t('signup.another')}</TextLink>
      </p>
    </Layout>
  );
}
