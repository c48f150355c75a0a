import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Definition, Definitions } from '../layout/definition.tsx';
import { Failure } from '../layout/failure.tsx';
import { Section } from '../settings/section.tsx';
import { t } from '../words/index.ts';
import { mailDeliveryQuery } from './mail-settings-queries.ts';

/** Where the project's mails go as things stand, saved settings only. */
export function MailRouteSection({ projectID }: { projectID: string }) {
  const delivery = useQuery(mailDeliveryQuery(projectID));
  if (delivery.isError) return <Failure error={delivery.error} onRetry={() => void delivery.refetch()} />;
  return (
    <Section title={t('mailRoute.title')}>
      {delivery.data ? (
        <Definitions>
          <Definition name={t('mailRoute.mails')}>{t(`mailRoute.${delivery.data.route}`)}</Definition>
          <Definition name={t('mailRoute.from')}>
            {delivery.data.senderName} &lt;{delivery.data.senderAddress}&gt;
          </Definition>
        </Definitions>
      ) : (
        <Skeleton height={88} />
      )}
    </Section>
  );
}
