import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  // Files of one environment share a worker: reading the modules anew for each takes most of the time.
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node', clearMocks: true, isolate: false },
})
