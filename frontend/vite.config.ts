import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const backend = process.env.POSTIL_BACKEND ?? 'http://127.0.0.1:8080'
const served = ['/api', '/user', '/data', '/static/samples', '/health', '/tasks', '/storage-data', '/logout']

export default defineConfig({
  plugins: [react()],
  base: process.env.NODE_ENV === 'production' ? '/static/app/' : '/',
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  build: { outDir: '../src/postil/web/static/app', emptyOutDir: true, manifest: true, sourcemap: false },
  server: { port: 5173, proxy: Object.fromEntries(served.map((path) => [path, { target: backend, changeOrigin: false }])) },
})
