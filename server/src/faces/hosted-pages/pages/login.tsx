import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import { LONGEST_LOGIN_ID, LoginIDField } from '../login-id-field.tsx';
import type { PageFrame } from '../model.ts';
import { Alert, Form, PasswordField, SubmitButton, TextButton, TextLink } from '../parts.tsx';

/** The first step: login id and password in one form, so that password managers fill both at once. */
export function LoginPage(props: {
  frame: PageFrame;
  action: string;
  /** Where people create an account of their own, if they may. */
  signup?: string;
  /** Takes the login id along to *Forgot password?*. */
  forgot: string;
  clientName?: string;
  /** What people sign in with here. */
  loginIDTypes: readonly ('email' | 'phone' | 'username')[];
  loginID?: string;
  /** A sentence about the whole attempt, such as that the account is disabled. */
  alert?: string;
  errors?: { loginID?: string; password?: string };
  /** The combination was refused; the sentence stands under the password but speaks for both fields. */
  refused?: boolean;
}): ReactNode {
  const { frame, clientName, loginID, loginIDTypes, errors, refused } = props;
  const { t } = frame;
  const failed = Boolean(props.alert || errors?.loginID || errors?.password);
  const passwordFirst = !errors?.loginID && Boolean(loginID);
  return (
    <Layout
      frame={frame}
      title={t('login.title')}
      intro={clientName ? t('login.intro', { client: clientName }) : undefined}
      failed={failed}
    >
      {props.alert ? <Alert>{props.alert}</Alert> : null}
      <Form frame={frame} action={props.action}>
        <LoginIDField
          frame={frame}
          types={loginIDTypes}
          value={loginID}
          error={errors?.loginID}
          invalid={refused}
          describedBy={refused ? 'password-error' : undefined}
          autoFocus={!passwordFirst}
        />
        <PasswordField
          frame={frame}
          name="password"
          label={t('login.password')}
          autoComplete="current-password"
          required
          error={errors?.password}
          autoFocus={passwordFirst}
        />
        <SubmitButton>{t('login.submit')}</SubmitButton>
      </Form>
      {/* A form and not an address: what was typed goes along, and stands in no history. */}
      <form method="post" action={props.forgot} className="mt-4 text-center text-sm">
        <input type="hidden" name="csrf" value={frame.csrfToken ?? ''} />
        <input
          type="hidden"
          name="login_id"
          value={loginID?.slice(0, LONGEST_LOGIN_ID) ?? ''}
          data-copy-of="login_id"
        />
        <TextButton isLink>{t('login.forgot')}</TextButton>
      </form>
      {props.signup ? (
        <p className="mt-4 text-center text-sm text-muted">
          {t('login.noAccount')} <TextLink href={props.signup}>{t('login.create')}</TextLink>
        </p>
      ) : null}
    </Layout>
  );
}
