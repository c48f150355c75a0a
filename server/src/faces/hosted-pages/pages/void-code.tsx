import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { TextLink } from '../parts.tsx';
import { Resend } from '../resend.tsx';

/** A code that is of no use any more, and the way to another one. */
export function VoidCodePage(props: {
  frame: PageFrame;
  action: string;
  back: string;
  title: string;
  text: string;
  secondsLeft: number;
}): ReactNode {
  const { frame } = props;
  return (
    <Layout frame={frame} title={props.title} intro={props.text} failed>
      <Resend
        frame={frame}
        action={props.action}
        label={frame.t('enterCode.resend')}
        secondsLeft={props.secondsLeft}
        look="primary"
      />
      <p className="mt-4 text-center text-sm">
        <TextLink href={props.back}>{frame.t('forgot.back')}</TextLink>
      </p>
    </Layout>
  );
}
