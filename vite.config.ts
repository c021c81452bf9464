// How the museum is built and served: two pages, files of our own origin only.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: 'assets',
  server: { port: 5173, hmr: false },
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
});
