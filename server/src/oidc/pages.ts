import type { Project } from '../projects/index.ts';

/** A complete page with the headers it needs. */
export interface RenderedPage {
  html: string;
  headers: Record<string, string>;
}

/** Whom a page is for. */
export interface Audience {
  project?: Project;
  acceptLanguage?: string;
  uiLocales?: string;
}

/** The pages that OpenID Connect shows by itself. */
export interface OidcPages {
  notFound(audience: Audience): Promise<RenderedPage>;
  /** An app sent the browser here with something that cannot be answered. `error` is the protocol's code. */
  protocolError(audience: Audience, problem: { error: string; description?: string }): Promise<RenderedPage>;
  /** Asks whether to sign out; posts `fields` to `action`, with `confirm` added where the answer is yes. */
  logoutQuestion(
    audience: Audience & { formTargets?: string[] },
    form: { action: string; fields: Record<string, string>; confirm: { name: string; value: string } },
  ): Promise<RenderedPage>;
  signedOut(audience: Audience): Promise<RenderedPage>;
}
