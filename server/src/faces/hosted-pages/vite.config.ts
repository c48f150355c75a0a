import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the one stylesheet and the one script of the hosted pages, with a manifest of their hashed names. */
export default defineConfig({
  root: here('./assets'),
  publicDir: false,
  plugins: [tailwindcss()],
  build: {
    outDir: here('../../../../dist/pages'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: [here('./assets/pages.css'), here('./assets/scripts/main.ts')],
      output: {
        assetFileNames: '[name]-[hash][extname]',
        entryFileNames: 'pages-[hash].js',
      },
    },
  },
});
