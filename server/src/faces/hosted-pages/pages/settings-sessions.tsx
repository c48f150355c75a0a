import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { Form, SubmitButton, TextButton, TextLink } from '../parts.tsx';

/** A browser in which the account is signed in. */
export interface SessionLine {
  uid: string;
  /** Browser and system, in words. */
  name: string;
  isThis: boolean;
  /** Apps that were signed in to there. */
  apps: string[];
  ipAddress?: string;
  firstSeen: { at: Date; words: string };
  lastSeen: { at: Date; words: string };
}

function Moment({ at, words }: { at: Date; words: string }): ReactNode {
  return <time dateTime={at.toISOString()}>{words}</time>;
}

function Session({
  frame,
  session,
  action,
}: {
  frame: PageFrame;
  session: SessionLine;
  action: string;
}): ReactNode {
  const { t } = frame;
  const { uid, name, isThis, apps, ipAddress, firstSeen, lastSeen } = session;
  return (
    <li className="px-3.5 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h2 className="font-medium break-words">{name}</h2>
        {isThis ? (
          <span className="text-sm font-medium text-muted">{t('settings.sessions.this')}</span>
        ) : (
          <form method="post" action={action} className="-mr-2 text-sm">
            <input type="hidden" name="csrf" value={frame.csrfToken ?? ''} />
            <input type="hidden" name="session" value={uid} />
            <TextButton>
              {t('settings.sessions.end')}
              <span className="sr-only">: {name}</span>
            </TextButton>
          </form>
        )}
      </div>
      <p className="text-sm text-muted">
        {t('settings.sessions.lastSeen')} <Moment {...lastSeen} />
        {ipAddress ? ` · ${ipAddress}` : ''}
      </p>
      <p className="text-sm text-muted">
        {t('settings.sessions.firstSeen')} <Moment {...firstSeen} />
      </p>
      {apps.length > 0 ? (
        <p className="text-sm break-words text-muted">
          {t('settings.sessions.apps', { apps: apps.join(', ') })}
        </p>
      ) : null}
    </li>
  );
}

/** Where the account is signed in: ends one, or all but this. */
export function SettingsSessionsPage(props: {
  frame: PageFrame;
  sessions: SessionLine[];
  endAction: string;
  endOthersAction: string;
}): ReactNode {
  const { frame, sessions } = props;
  const { t } = frame;
  return (
    <Layout frame={frame} title={t('settings.sessions.title')} intro={t('settings.sessions.intro')}>
      <ul className="mb-6 divide-y divide-line rounded-lg border border-line">
        {sessions.map((session) => (
          <Session key={session.uid} frame={frame} session={session} action={props.endAction} />
        ))}
      </ul>
      {sessions.some(({ isThis }) => !isThis) ? (
        <Form frame={frame} action={props.endOthersAction}>
          <SubmitButton quiet>{t('settings.sessions.endOthers')}</SubmitButton>
        </Form>
      ) : null}
      <p className="mt-4 text-center text-sm">
        <TextLink href="/settings">{t('settings.back')}</TextLink>
      </p>
    </Layout>
  );
}
