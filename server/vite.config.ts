import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** Bundles the server: our own code only, what it depends on stays in node_modules. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: resolve(import.meta.dirname, 'src/latchkey.ts'),
    outDir: resolve(import.meta.dirname, '../dist/server'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'latchkey.js', chunkFileNames: '[name]-[hash].js' } },
  },
});
