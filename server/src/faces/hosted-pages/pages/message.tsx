import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { ActionLink } from '../parts.tsx';

/** A page that says one thing and, where there is one, the way forward. */
export function MessagePage(props: {
  frame: PageFrame;
  title: string;
  text?: string;
  action?: { href: string; label: string };
  children?: ReactNode;
}): ReactNode {
  return (
    <Layout frame={props.frame} title={props.title} intro={props.text}>
      {props.children}
      {props.action ? <ActionLink href={props.action.href}>{props.action.label}</ActionLink> : null}
    </Layout>
  );
}
