import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { Alert, Form, RadioGroup, SubmitButton, TextLink } from '../parts.tsx';

/** Asks which of an account's addresses a link or a code goes to; they are masked. */
export function ChooseDestinationPage(props: {
  frame: PageFrame;
  action: string;
  another: string;
  back: string;
  destinations: readonly { id: string; masked: string }[];
  alert?: string;
}): ReactNode {
  const { frame, destinations, alert } = props;
  const { t } = frame;
  return (
    <Layout frame={frame} title={t('destination.title')} failed={Boolean(alert)}>
      {alert ? <Alert>{alert}</Alert> : null}
      <Form frame={frame} action={props.action}>
        <RadioGroup
          name="destination"
          legend={t('destination.legend')}
          chosen={destinations[0]?.id}
          options={destinations.map(({ id, masked }) => ({ value: id, label: masked }))}
        />
        <SubmitButton>{t('forgot.submit')}</SubmitButton>
      </Form>
      <nav aria-label={t('forgot.ways')} className="mt-4 flex flex-col items-center gap-1 text-sm">
        <TextLink href={props.another}>{t('forgot.another')}</TextLink>
        <TextLink href={props.back}>{t('forgot.back')}</TextLink>
      </nav>
    </Layout>
  );
}
