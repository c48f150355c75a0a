import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server puts a fresh nonce in this place at each response. */
const NONCE_PLACE = '__CSP_NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [react()],
  html: { cspNonce: NONCE_PLACE },
  build: {
    outDir: '../dist/portal',
    emptyOutDir: true,
    target: 'es2022',
    // The first that know light-dark() themselves.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The explorer of the Admin API brings an editor and GraphQL's language service; only its page loads them.
    chunkSizeWarningLimit: 700,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
