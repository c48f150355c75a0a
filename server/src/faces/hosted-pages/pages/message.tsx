import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { ActionLink } from '../parts.tsx';

/** A page that says one thing, and below it the way forward, or whatever else there is to show. */
export function MessagePage(props: {
  frame: PageFrame;
  title: string;
  text?: string;
  action?: { href: string; label: string };
  children?: ReactNode;
}): ReactNode {
  const { frame, title, text, action, children } = props;
  return (
    <Layout frame={frame} title={title} intro={text}>
      {children ?? (action && <ActionLink href={action.href}>{action.label}</ActionLink>)}
    </Layout>
  );
}
