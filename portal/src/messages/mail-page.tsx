import { Card, Skeleton, Tabs, Text } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { BackLink } from '../layout/back-link.tsx';
import { Definition, Definitions } from '../layout/definition.tsx';
import { Empty } from '../layout/empty.tsx';
import { Failure } from '../layout/failure.tsx';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { RelativeTime } from '../layout/relative-time.tsx';
import { styleNonce } from '../style-nonce.ts';
import { t } from '../words/index.ts';
import { framedMail } from './framed-mail.ts';
import styles from './mail-page.module.css';
import { type MailboxMail, openedMailQuery } from './mailbox-queries.ts';

/** One mail of the mailbox, as the user would have seen it. Being here is recorded. */
export function MailPage() {
  const project = useProject();
  const { mailID } = useParams({ from: '/project/$projectID/messages/mailbox/$mailID' });
  const opened = useQuery(openedMailQuery(project.id, mailID));
  return (
    <Page
      title={opened.data === null ? t('openMail.title') : (opened.data?.mail.subject ?? undefined)}
      about={opened.data !== null && t('openMail.audited')}
      above={
        <BackLink to="/project/$projectID/messages/mailbox" params={{ projectID: project.id }}>
          {t('mailbox.title')}
        </BackLink>
      }
    >
      {opened.isError ? (
        <Failure error={opened.error} onRetry={() => void opened.refetch()} />
      ) : opened.isPending ? (
        <Skeleton height={480} radius="lg" />
      ) : opened.data === null ? (
        <Empty icon={<IconMailOff size={26} />} title={t('openMail.gone')}>
          {t('openMail.goneAbout')}
        </Empty>
      ) : (
        <Card>
          <Envelope mail={opened.data.mail} />
          <Content html={opened.data.html} text={opened.data.text} />
        </Card>
      )}
    </Page>
  );
}

function Envelope({ mail }: { mail: MailboxMail }) {
  return (
    <Definitions>
      <Definition name={t('openMail.to')}>{mail.recipient}</Definition>
      <Definition name={t('openMail.received')}>
        <RelativeTime time={mail.createdAt} />
      </Definition>
      <Definition name={t('openMail.expires')}>
        <RelativeTime time={mail.expiresAt} />
      </Definition>
    </Definitions>
  );
}

function Content({ html, text }: { html: string; text: string }) {
  const framed = useMemo(() => framedMail(html, styleNonce()), [html]);
  return (
    <Tabs defaultValue="html" keepMounted={false} mt="sm">
      <Tabs.List aria-label={t('openMail.form')}>
        <Tabs.Tab value="html">{t('openMail.html')}</Tabs.Tab>
        <Tabs.Tab value="text">{t('openMail.text')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="html" pt="md">
        <iframe
          className={styles.frame}
          title={t('openMail.content')}
          // No scripts, no forms, an origin of its own: a mail can be looked at and its links opened.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          srcDoc={framed}
        />
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="md">
        <Text component="pre" className={styles.text}>
          {text}
        </Text>
      </Tabs.Panel>
    </Tabs>
  );
}
