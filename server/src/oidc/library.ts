/** oidc-provider as it is loaded. */
export type Library = typeof import('oidc-provider');

let loading: Promise<Library> | undefined;

/** Loads oidc-provider with the first request that needs it, not with the process. */
export function loadLibrary(): Promise<Library> {
  loading ??= import('oidc-provider');
  return loading;
}
