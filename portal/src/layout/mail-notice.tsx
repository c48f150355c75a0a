import { IconMailbox, IconMailPause } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type MyProject, useMe } from '../api/me.ts';
import { t } from '../words/index.ts';
import styles from './mail-notice.module.css';

/** The line above every page while no mail server is set: where the mails go, or that they wait. */
export function MailNotice({ project }: { project: MyProject }) {
  const { readsMailbox } = useMe();
  if (project.mail === 'server') return null;
  const waiting = project.mail === 'waiting';
  return (
    <section className={styles.notice} data-waiting={waiting || undefined} aria-label={t('mail.notice')}>
      {waiting ? <IconMailPause size={16} aria-hidden /> : <IconMailbox size={16} aria-hidden />}
      <span>
        {waiting ? t('mail.waiting') : t('mail.mailbox')}{' '}
        {project.role === 'owner' && (
          <>
            <Link to="/project/$projectID/messages/mail" params={{ projectID: project.id }}>
              {t('mail.setServer')}
            </Link>{' '}
          </>
        )}
        {!waiting && readsMailbox && (
          <Link to="/project/$projectID/messages/mailbox" params={{ projectID: project.id }}>
            {t('mail.openMailbox')}
          </Link>
        )}
      </span>
    </section>
  );
}
