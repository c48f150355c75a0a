import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { Form, SubmitButton } from '../parts.tsx';

/** One thing the account is known by. */
export interface AccountLine {
  label: string;
  value: string;
}

/** Where somebody lands who signs in without coming from an app: who you are, and the way out. */
export function SettingsPage(props: {
  frame: PageFrame;
  displayName: string;
  lines: AccountLine[];
  signOutAction: string;
}): ReactNode {
  const { frame } = props;
  const { t } = frame;
  return (
    <Layout
      frame={frame}
      title={t('settings.title')}
      intro={t('settings.intro', { name: props.displayName })}
    >
      <dl className="mb-6 divide-y divide-line rounded-lg border border-line">
        {props.lines.map((line) => (
          <div key={line.label + line.value} className="px-3.5 py-2.5">
            <dt className="text-sm text-muted">{line.label}</dt>
            <dd className="break-words">{line.value}</dd>
          </div>
        ))}
      </dl>
      <Form frame={frame} action={props.signOutAction}>
        <SubmitButton quiet>{t('settings.signOut')}</SubmitButton>
      </Form>
    </Layout>
  );
}
