import type { ReactElement } from 'react';
import type { Words } from '../../platform/words/index.ts';
import type { Project, Projects } from '../../projects/index.ts';
import type { Assets } from './assets.ts';
import { pageHeaders } from './headers.ts';
import { chooseLocale } from './language.ts';
import type { Brand, PageFrame } from './model.ts';

export interface RendererDeps {
  projects: Pick<Projects, 'settings'>;
  assets: Assets;
  words: Words;
}

/** What a page is made for. Without a project (an unknown host) it carries the product's own name. */
export interface PageRequest {
  project?: Project;
  acceptLanguage?: string;
  uiLocales?: string;
  csrfToken?: string;
  /** Where the page's form may lead in the end. */
  formTargets?: string[];
}

export interface RenderedPage {
  html: string;
  headers: Record<string, string>;
}

/** Renders pages to complete documents with their headers. Knows of no request and no route. */
export interface Renderer {
  render(request: PageRequest, page: (frame: PageFrame) => ReactElement): Promise<RenderedPage>;
}

/** Makes the renderer. React's server part is loaded with the first page, not with the process. */
export function createRenderer({ projects, assets, words }: RendererDeps): Renderer {
  const brandOf = async (project: Project | undefined): Promise<Brand> => {
    if (!project) return { name: 'Latchkey' };
    const { branding } = await projects.settings(project);
    return {
      name: project.name,
      logoURL: branding.logo_url ?? undefined,
      color: branding.primary_color ?? undefined,
    };
  };

  let react: Promise<typeof import('react-dom/server')> | undefined;

  return {
    async render(request, page) {
      react ??= import('react-dom/server');
      const { renderToStaticMarkup } = await react;
      const brand = await brandOf(request.project);
      const locale = chooseLocale(words.locales, request.uiLocales, request.acceptLanguage);
      const frame: PageFrame = {
        brand,
        locale,
        t: words.translator(locale),
        stylesheet: assets.stylesheet,
        script: assets.script,
        csrfToken: request.csrfToken,
      };
      return {
        html: `<!doctype html>${renderToStaticMarkup(page(frame))}`,
        headers: pageHeaders({
          origin: request.project?.origin,
          formTargets: request.formTargets,
          logoURL: brand.logoURL,
        }),
      };
    },
  };
}
