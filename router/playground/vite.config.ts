import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/playground/',
  plugins: [react()],
  build: {
    target: 'es2022',
    // It is served from the machine that runs it, so building quickly matters more than the last kilobyte.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 10_000,
  },
  logLevel: 'error',
});
