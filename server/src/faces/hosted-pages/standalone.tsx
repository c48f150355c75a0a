import type { Project } from '../../projects/index.ts';
import { LogoutPage } from './pages/logout.tsx';
import { MessagePage } from './pages/message.tsx';
import { misdirectedPage, notFoundPage, problemPage } from './pages/problems.tsx';
import type { RenderedPage, Renderer } from './renderer.tsx';

/** Who a page is for, where no route of ours answers. */
export interface Audience {
  project?: Project;
  acceptLanguage?: string;
  uiLocales?: string;
}

/** Pages for parts that answer requests of their own: the OpenID Connect endpoints and the app's last resort. */
export interface StandalonePages {
  notFound(audience: Audience): Promise<RenderedPage>;
  misdirected(audience: Audience): Promise<RenderedPage>;
  /** Something of ours failed; the log tells of it under `id`. Opening `back` again may help. */
  failed(audience: Audience, failure: { id: string; back: string }): Promise<RenderedPage>;
  /** An app sent the browser here with something that cannot be answered. `error` is the protocol's code. */
  protocolError(audience: Audience, problem: { error: string; description?: string }): Promise<RenderedPage>;
  /** Asks whether to sign out; posts `fields` to `action`, with `confirm` added where the answer is yes. */
  logoutQuestion(
    audience: Audience & { formTargets?: string[] },
    form: { action: string; fields: Record<string, string>; confirm: { name: string; value: string } },
  ): Promise<RenderedPage>;
  signedOut(audience: Audience): Promise<RenderedPage>;
}

/** Binds these pages to a renderer. */
export function createStandalonePages(renderer: Renderer): StandalonePages {
  return {
    notFound: (audience) => renderer.render(audience, notFoundPage),
    misdirected: (audience) => renderer.render({ ...audience, project: undefined }, misdirectedPage),
    failed: (audience, { id, back }) => renderer.render(audience, problemPage(undefined, back, id).page),
    protocolError: (audience, { error, description }) =>
      renderer.render(audience, (frame) => (
        <MessagePage frame={frame} title={frame.t('protocol.title')} text={frame.t('protocol.text')}>
          <dl className="rounded-lg bg-subtle px-3.5 py-2.5 text-sm">
            <dt className="font-mono break-words">{error}</dt>
            {description ? <dd className="mt-1 break-words text-muted">{description}</dd> : null}
          </dl>
        </MessagePage>
      )),
    logoutQuestion: (audience, form) =>
      renderer.render(audience, (frame) => <LogoutPage frame={frame} {...form} />),
    signedOut: (audience) =>
      renderer.render(audience, (frame) => (
        <MessagePage
          frame={frame}
          title={frame.t('signedOut.title')}
          text={frame.t('signedOut.text', { project: frame.brand.name })}
          action={{ href: '/login', label: frame.t('signedOut.action') }}
        />
      )),
  };
}
