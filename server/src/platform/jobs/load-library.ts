import { registerHooks } from 'node:module';

type Library = typeof import('graphile-worker');

/** While it is imported, the library searches and runs configuration of the working directory; here it finds none. */
const NO_CONFIGURATION =
  'data:text/javascript,export const cosmiconfigSync = () => ({ search: () => null });';

let loading: Promise<Library> | undefined;

/** Loads Graphile Worker at first use. It takes nothing from the folder that the server was started in. */
export function loadLibrary(): Promise<Library> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Library> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'cosmiconfig' && context.parentURL?.includes('/graphile-worker/')
        ? { url: NO_CONFIGURATION, format: 'module', shortCircuit: true }
        : next(specifier, context),
  });
  try {
    return await import('graphile-worker');
  } finally {
    hooks.deregister();
  }
}
