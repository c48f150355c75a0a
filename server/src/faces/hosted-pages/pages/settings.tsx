import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame } from '../model.ts';
import { Form, SubmitButton } from '../parts.tsx';

/** One thing the account is known by. */
export interface AccountLine {
  label: string;
  value: string;
}

/** A page of the account, with what there is to know of it at a glance. */
export interface AccountSection {
  href: string;
  label: string;
  hint: string;
}

/** Where somebody lands who signs in without coming from an app: who you are, what you can do, and the way out. */
export function SettingsPage(props: {
  frame: PageFrame;
  displayName: string;
  lines: AccountLine[];
  sections: AccountSection[];
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
      <dl className="mb-4 divide-y divide-line rounded-lg border border-line">
        {props.lines.map((line) => (
          <div key={line.label + line.value} className="px-3.5 py-2.5">
            <dt className="text-sm text-muted">{line.label}</dt>
            <dd className="break-words">{line.value}</dd>
          </div>
        ))}
      </dl>
      <nav aria-label={t('settings.sections')} className="mb-6">
        <ul className="divide-y divide-line rounded-lg border border-line">
          {props.sections.map(({ href, label, hint }) => (
            <li key={href}>
              <a
                href={href}
                className="flex items-center justify-between gap-3 rounded-lg px-3.5 py-2.5 no-underline outline-none hover:bg-subtle focus-visible:ring-3 focus-visible:ring-brand-ink/40"
              >
                <span>
                  <span className="block font-medium">{label}</span>
                  <span className="block text-sm text-muted">{hint}</span>
                </span>
                <span aria-hidden="true" className="text-muted">
                  ›
                </span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Form frame={frame} action={props.signOutAction}>
        <SubmitButton quiet>{t('settings.signOut')}</SubmitButton>
      </Form>
    </Layout>
  );
}
