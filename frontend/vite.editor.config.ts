import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const PEERS = /^(react|react-dom|i18next|react-i18next)(\/|$)/

/** Builds the editor as a package: for bundlers, and (`--mode standalone`) with all it needs for a plain page. */
export default defineConfig(({ mode }) => {
  const isStandalone = mode === 'standalone'
  const out = process.env.POSTIL_EDITOR_OUT ?? new URL('../packages/postil-editor/dist', import.meta.url).pathname
  return {
    plugins: [react()],
    base: './',
    publicDir: false,
    resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
    define: isStandalone ? { 'process.env.NODE_ENV': '"production"' } : {},
    build: {
      outDir: `${out}/${isStandalone ? 'standalone' : 'esm'}`,
      emptyOutDir: true,
      lib: {
        entry: new URL('./src/editor/index.ts', import.meta.url).pathname,
        formats: ['es'],
        fileName: 'postil-editor',
        cssFileName: 'postil-editor',
      },
      rollupOptions: isStandalone ? {} : { external: PEERS },
    },
  }
})
