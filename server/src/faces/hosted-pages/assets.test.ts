import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assetRoutes, loadAssets } from './assets.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-assets-'));
  const manifest = { 'pages.css': { file: 'pages-1.css' }, 'scripts/main.ts': { file: 'pages-2.js' } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'pages-1.css'), 'body{color:red}'.repeat(100));
  writeFileSync(join(folder, 'pages-2.js'), 'void 0;');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('files are found by their hashed names and kept for good, compressed for who takes it', async () => {
  const assets = loadAssets(folder);
  expect(assets).toMatchObject({ stylesheet: '/assets/pages-1.css', script: '/assets/pages-2.js' });
  const routes = assetRoutes(assets);
  const plain = await routes.request(assets.stylesheet);
  expect(plain.headers.get('cache-control')).toContain('immutable');
  expect(plain.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect((await plain.arrayBuffer()).byteLength).toBe(1_500);
  const zipped = await routes.request(assets.stylesheet, { headers: { 'accept-encoding': 'gzip, br' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect((await zipped.arrayBuffer()).byteLength).toBeLessThan(200);
});

test('nothing else of the folder is served, nor of any other', async () => {
  const routes = assetRoutes(loadAssets(folder));
  for (const path of ['/assets/manifest.json', '/assets/../package.json', '/assets/%2e%2e/x', '/assets/']) {
    expect((await routes.request(path)).status).toBe(404);
  }
});

test('a color is a stylesheet of its own, and nothing but a color is', async () => {
  const routes = assetRoutes(loadAssets(folder));
  const css = await routes.request('/assets/brand/ff0000.css');
  expect(await css.text()).toContain('--brand:#ff0000');
  expect((await routes.request('/assets/brand/red.css')).status).toBe(404);
});

test('without a build the start says what to do', () => {
  expect(() => loadAssets(join(folder, 'nowhere'))).toThrow('npm run build');
});
