import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import { LONGEST_LOGIN_ID } from '../login-id-field.tsx';
import type { PageFrame } from '../model.ts';
import { Alert, Field, Form, SubmitButton, TextLink } from '../parts.tsx';

/** The first step of a sign-up: an address that a code can be sent to. */
export function SignupPage(props: {
  frame: PageFrame;
  action: string;
  /** For those who have an account. */
  signIn: string;
  clientName?: string;
  address?: string;
  alert?: string;
  error?: string;
}): ReactNode {
  const { frame, clientName, alert, error } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('signup.title')}
      intro={clientName ? t('login.intro', { client: clientName }) : undefined}
      failed={Boolean(alert || error)}
    >
      {alert ? <Alert>{alert}</Alert> : null}
      <Form frame={frame} action={props.action}>
        <Field
          name="address"
          label={t('signup.address')}
          type="text"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          required
          maxLength={LONGEST_LOGIN_ID}
          defaultValue={props.address?.slice(0, LONGEST_LOGIN_ID)}
          error={error}
          describedBy="address-about"
          autoFocus
        />
        <p id="address-about" className="-mt-3 text-sm text-muted">
          {t('signup.about')}
        </p>
        <SubmitButton>{t('signup.submit')}</SubmitButton>
      </Form>
      <p className="mt-4 text-center text-sm text-muted">
        {t('signup.haveAccount')} <TextLink href={props.signIn}>{t('signup.signIn')}</TextLink>
      </p>
    </Layout>
  );
}
