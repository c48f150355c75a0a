import type { ReactNode } from 'react';
import { CodeField } from '../code-field.tsx';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { Alert, Form, Notice, SubmitButton, TextLink } from '../parts.tsx';
import { Resend } from '../resend.tsx';
import { timeWords } from '../wait.ts';

/** After a code was asked for: one field for it, which phones and mail programs fill. */
export function EnterCodePage(props: {
  frame: PageFrame;
  action: string;
  back: string;
  another: string;
  loginID: string;
  /** How long what was sent is good for. */
  lifetimeSeconds: number;
  secondsLeft: number;
  sentAgain?: boolean;
  alert?: string;
  error?: string;
}): ReactNode {
  const { frame, alert, error } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('enterCode.title')}
      intro={t('enterCode.intro', { loginID: props.loginID })}
      failed={Boolean(alert || error)}
    >
      {alert ? <Alert>{alert}</Alert> : props.sentAgain ? <Notice>{t('enterCode.sentAgain')}</Notice> : null}
      <Form frame={frame} action={props.action}>
        <CodeField frame={frame} error={error} />
        <SubmitButton>{t('enterCode.submit')}</SubmitButton>
      </Form>
      <p className="mt-4 text-sm text-muted">
        {t('enterCode.validFor', { time: timeWords(t, props.lifetimeSeconds) })} {t('enterCode.hint')}
      </p>
      <div className="mt-3">
        <Resend
          frame={frame}
          action={props.action}
          label={t('enterCode.resend')}
          secondsLeft={props.secondsLeft}
          look="text"
        />
      </div>
      <nav aria-label={t('forgot.ways')} className="mt-3 flex flex-col items-center gap-1 text-sm">
        <TextLink href={props.another}>{t('forgot.another')}</TextLink>
        <TextLink href={props.back}>{t('forgot.back')}</TextLink>
      </nav>
    </Layout>
  );
}
