import type { ReactNode } from 'react';
import { CodeField } from '../code-field.tsx';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { Alert, Form, SubmitButton, TextLink } from '../parts.tsx';
import { Resend } from '../resend.tsx';
import { timeWords } from '../wait.ts';

/** The second step of a sign-up: the code from the mail. It looks the same where no code was sent. */
export function SignupCodePage(props: {
  frame: PageFrame;
  action: string;
  another: string;
  address: string;
  /** How long the code is good for. */
  lifetimeSeconds: number;
  /** Until another code can be asked for. */
  secondsLeft: number;
  alert?: string;
  error?: string;
}): ReactNode {
  const { frame, alert, error } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('signup.codeTitle')}
      intro={t('signup.codeIntro', { address: props.address })}
      failed={Boolean(alert || error)}
    >
      {alert ? <Alert>{alert}</Alert> : null}
      <Form frame={frame} action={props.action}>
        <CodeField frame={frame} error={error} />
        <SubmitButton>{t('enterCode.submit')}</SubmitButton>
      </Form>
      <p className="mt-4 text-sm text-muted">
        {t('enterCode.validFor', { time: timeWords(t, props.lifetimeSeconds) })} {t('signup.codeAbout')}
      </p>
      <p className="mt-2 mb-3 text-sm text-muted">{t('enterCode.hint')}</p>
      <Resend
        frame={frame}
        action={props.action}
        label={t('enterCode.resend')}
        secondsLeft={props.secondsLeft}
        look="text"
      />
      <p className="mt-3 text-center text-sm">
        <TextLink href={props.another}>{t('signup.another')}</TextLink>
      </p>
    </Layout>
  );
}
