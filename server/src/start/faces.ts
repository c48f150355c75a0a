import type { Faces } from '../app.ts';
import type { Capabilities } from '../capabilities.ts';
import {
  assetRoutes,
  createHostedPages,
  createRenderer,
  createStandalonePages,
  loadAssets,
} from '../faces/hosted-pages/index.ts';
import { createPortalApi } from '../faces/portal-api/index.ts';
import { accountStatus } from '../login/index.ts';
import { createOidc } from '../oidc/index.ts';
import { createWords } from '../platform/words/index.ts';
import { builtFolder } from './built-files.ts';

/** Makes the parts that answer requests. What only some processes ever need is loaded when it is asked for. */
export function createFaces(capabilities: Capabilities): Faces {
  const words = createWords('pages');
  const assets = loadAssets(builtFolder('pages'));
  const renderer = createRenderer({ projects: capabilities.projects, assets, words });
  const standalonePages = createStandalonePages(renderer);
  const oidc = createOidc({ ...capabilities, pages: standalonePages, accountStatus });
  const adminApi = once(async () => {
    const { createAdminApi } = await import('../faces/admin-api/index.ts');
    return createAdminApi(capabilities);
  });
  return {
    pageAssets: assetRoutes(assets),
    standalonePages,
    oidc,
    adminApi,
    hostedPages: createHostedPages({ ...capabilities, oidc, words, renderer }),
    portalApi: createPortalApi({
      ...capabilities,
      oidc,
      adminApi,
      pages: standalonePages,
      folder: builtFolder('portal'),
    }),
  };
}

/** Makes a thing at its first use; a failure is not kept. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
