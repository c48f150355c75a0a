import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** The build puts this where each response's own nonce belongs; `portal/vite.config.ts` names it too. */
const NONCE_PLACE = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** The portal as it was built. */
export interface BuiltPortal {
  /** The one page, with this nonce in its tags. */
  page(nonce: string): string;
  /**
   * A file beside the page by its path below `/portal/`. Only what the build made is found, so that no path
   * leads out of the folder.
   */
  file(path: string): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }> | undefined;
}

/**
 * Reads the page and the names of the files; the files themselves are read when they are asked for, which
 * is once for each browser.
 *
 * @throws Error naming the fix where the build has not run
 */
export function loadPortal(folder: string): BuiltPortal {
  let template: string;
  try {
    template = readFileSync(join(folder, 'index.html'), 'utf8');
  } catch {
    throw new Error(`The portal is not built (no index.html in ${folder}): run "npm run build".`);
  }
  const parts = template.split(NONCE_PLACE);
  if (parts.length === 1) {
    throw new Error(`The portal in ${folder} has no place for a nonce: run "npm run build".`);
  }
  const files = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile() && path !== join(folder, 'index.html'))
      .map((path) => [relative(folder, path).split(sep).join('/'), path]),
  );
  return {
    page: (nonce) => parts.join(nonce),
    file(path) {
      const found = files.get(path);
      if (found === undefined) return undefined;
      const type = TYPES[extname(found)] ?? 'application/octet-stream';
      return readFile(found).then((body) => ({ type, body: new Uint8Array(body) }));
    },
  };
}
