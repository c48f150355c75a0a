import { chmodSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const outDir = resolve(import.meta.dirname, '../dist/server');

/** `npx latchkey` runs the file itself; npm makes it executable when it first links it, but not after a build. */
const executable = {
  name: 'executable',
  writeBundle: () => chmodSync(resolve(outDir, 'latchkey.js'), 0o755),
};

/** Bundles the server: our own code only, what it depends on stays in node_modules. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [executable],
  build: {
    ssr: resolve(import.meta.dirname, 'src/latchkey.ts'),
    outDir,
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'latchkey.js', chunkFileNames: '[name]-[hash].js' } },
  },
});
