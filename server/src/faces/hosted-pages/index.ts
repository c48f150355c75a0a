export { type Assets, assetRoutes, loadAssets } from './assets.ts';
export type { HostedPagesDeps } from './deps.ts';
export { createHostedPages, type HostedPages } from './hosted-pages.ts';
export type { PageEnv } from './http.ts';
export type { AppAddresses, LoginInteractions, PendingLogin } from './ports.ts';
export { createRenderer, type RenderedPage } from './renderer.tsx';
export { createStandalonePages, type StandalonePages } from './standalone.tsx';
