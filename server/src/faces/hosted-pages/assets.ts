import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { brandCSS } from './brand.ts';

const FOREVER = 'public, max-age=31536000, immutable';

interface AssetFile {
  type: string;
  body: Uint8Array<ArrayBuffer>;
  gzip: Uint8Array<ArrayBuffer>;
}

/** The compiled stylesheet and script, held in memory: there are two, and both are small. */
export interface Assets {
  stylesheet: string;
  script: string;
  files: ReadonlyMap<string, AssetFile>;
}

/**
 * Reads what the build made of `assets/`.
 * @param directory the build's output, with its `manifest.json`
 * @throws Error naming the fix where the build has not run
 */
export function loadAssets(directory: string): Assets {
  let manifest: Record<string, { file: string } | undefined>;
  try {
    manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'));
  } catch {
    throw new Error(`The hosted pages are not built (no manifest in ${directory}): run "npm run build".`);
  }
  const css = manifest['pages.css']?.file;
  const js = manifest['scripts/main.ts']?.file;
  if (!css || !js) throw new Error(`The manifest in ${directory} is incomplete: run "npm run build".`);
  const file = (name: string, type: string): [string, AssetFile] => {
    const body = new Uint8Array(readFileSync(join(directory, name)));
    return [`/assets/${name}`, { type, body, gzip: new Uint8Array(gzipSync(body)) }];
  };
  return {
    stylesheet: `/assets/${css}`,
    script: `/assets/${js}`,
    files: new Map([file(css, 'text/css; charset=utf-8'), file(js, 'text/javascript; charset=utf-8')]),
  };
}

/**
 * Serves the assets under their hashed names, and a project's color under its own name; all immutable. Only they
 * are compressed: a page holds a secret beside what the request says (BREACH).
 */
export function assetRoutes(assets: Assets): Hono {
  const routes = new Hono();
  const headers = (type: string) => ({
    'Content-Type': type,
    'Cache-Control': FOREVER,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  routes.get('/assets/brand/:file{[0-9a-f]{6}\\.css}', (c) => {
    const css = brandCSS(c.req.param('file').slice(0, 6));
    return css ? c.body(css, 200, headers('text/css; charset=utf-8')) : c.notFound();
  });
  routes.get('/assets/:file', async (c, next) => {
    const file = assets.files.get(c.req.path);
    if (!file) return next();
    const zipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    const encoding = { Vary: 'Accept-Encoding', ...(zipped ? { 'Content-Encoding': 'gzip' } : {}) };
    return c.body(zipped ? file.gzip : file.body, 200, { ...headers(file.type), ...encoding });
  });
  return routes;
}
