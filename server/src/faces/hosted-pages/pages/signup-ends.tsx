import type { ReactElement } from 'react';
import type { PageFrame } from '../model.ts';
import { ActionLink } from '../parts.tsx';
import { MessagePage } from './message.tsx';

/** Nobody can create an account of their own here. */
export const signupClosedPage =
  (signIn: string) =>
  (frame: PageFrame): ReactElement => (
    <MessagePage
      frame={frame}
      title={frame.t('signup.closed.title')}
      text={frame.t('signup.closed.text', { project: frame.brand.name })}
      action={{ href: signIn, label: frame.t('signup.closed.action') }}
    />
  );

/** An account got the address while its owner was proving it. */
export const addressTakenPage =
  (signIn: string, forgot: string) =>
  (frame: PageFrame): ReactElement => (
    <MessagePage
      frame={frame}
      title={frame.t('signup.taken.title')}
      text={frame.t('signup.taken.text', { project: frame.brand.name })}
    >
      <div className="flex flex-col gap-3">
        <ActionLink href={signIn}>{frame.t('signup.taken.signIn')}</ActionLink>
        <ActionLink href={forgot} quiet>
          {frame.t('signup.taken.forgot')}
        </ActionLink>
      </div>
    </MessagePage>
  );
