import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { Alert, Notice, TextLink } from '../parts.tsx';
import { Resend } from '../resend.tsx';
import { timeWords } from '../wait.ts';

/** After a link was asked for: the same words whether there is an account or not. */
export function CheckMailPage(props: {
  frame: PageFrame;
  action: string;
  back: string;
  another: string;
  loginID: string;
  /** How long what was sent is good for. */
  lifetimeSeconds: number;
  secondsLeft: number;
  /** It was sent a second time. */
  sentAgain?: boolean;
  alert?: string;
}): ReactNode {
  const { frame, alert } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('checkMail.title')}
      intro={t('checkMail.intro', { loginID: props.loginID })}
      failed={Boolean(alert)}
    >
      {alert ? <Alert>{alert}</Alert> : props.sentAgain ? <Notice>{t('checkMail.sentAgain')}</Notice> : null}
      <p className="text-sm text-muted">
        {t('checkMail.validFor', { time: timeWords(t, props.lifetimeSeconds) })}
      </p>
      <p className="mt-2 mb-5 text-sm text-muted">{t('checkMail.hint')}</p>
      <Resend
        frame={frame}
        action={props.action}
        label={t('checkMail.resend')}
        secondsLeft={props.secondsLeft}
        look="quiet"
      />
      <nav aria-label={t('forgot.ways')} className="mt-4 flex flex-col items-center gap-1 text-sm">
        <TextLink href={props.another}>{t('forgot.another')}</TextLink>
        <TextLink href={props.back}>{t('forgot.back')}</TextLink>
      </nav>
    </Layout>
  );
}
