import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { SubmitButton, TextButton } from '../parts.tsx';

/** Asks whether to sign out, when an app asks for it (OpenID Connect RP-Initiated Logout). */
export function LogoutPage(props: {
  frame: PageFrame;
  action: string;
  /** Hidden fields that travel with either answer. */
  fields: Record<string, string>;
  /** The field that says yes, when sent. */
  confirm: { name: string; value: string };
}): ReactNode {
  const { frame, fields, confirm } = props;
  const hidden = Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
  return (
    <Layout
      frame={frame}
      title={frame.t('logout.title')}
      intro={frame.t('logout.text', { project: frame.brand.name })}
    >
      <form method="post" action={props.action}>
        {hidden}
        <input type="hidden" name={confirm.name} value={confirm.value} />
        <SubmitButton>{frame.t('logout.submit')}</SubmitButton>
      </form>
      <form method="post" action={props.action} className="mt-4 text-center text-sm">
        {hidden}
        <TextButton>{frame.t('logout.stay')}</TextButton>
      </form>
    </Layout>
  );
}
