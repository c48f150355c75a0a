import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import { LoginIDField } from '../login-id-field.tsx';
import type { PageFrame } from '../model.ts';
import { Alert, Form, RadioGroup, SubmitButton, TextLink } from '../parts.tsx';

export type RecoveryMethod = 'link' | 'code';

/** Asks whose password is lost, and how to send the way back in where the project leaves a choice. */
export function ForgotPasswordPage(props: {
  frame: PageFrame;
  action: string;
  /** The way back to the login. */
  back: string;
  loginIDTypes: readonly ('email' | 'phone' | 'username')[];
  methods: readonly RecoveryMethod[];
  loginID?: string;
  method?: RecoveryMethod;
  /** A sentence about the whole attempt, such as that it comes too soon. */
  alert?: string;
  error?: string;
}): ReactNode {
  const { frame, methods, error } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('forgot.title')}
      intro={t('forgot.intro')}
      failed={Boolean(props.alert || error)}
    >
      {props.alert ? <Alert>{props.alert}</Alert> : null}
      <Form frame={frame} action={props.action}>
        <LoginIDField
          frame={frame}
          types={props.loginIDTypes}
          value={props.loginID}
          error={error}
          autoFocus={Boolean(error) || !props.loginID || methods.length < 2}
        />
        {methods.length > 1 ? (
          <RadioGroup
            name="method"
            legend={t('forgot.method')}
            chosen={props.method ?? methods[0]}
            options={methods.map((method) => ({
              value: method,
              label: t(`forgot.by.${method}`),
              about: t(`forgot.byAbout.${method}`),
            }))}
          />
        ) : null}
        <SubmitButton>{t('forgot.submit')}</SubmitButton>
      </Form>
      <p className="mt-4 text-center text-sm">
        <TextLink href={props.back}>{t('forgot.back')}</TextLink>
      </p>
    </Layout>
  );
}
