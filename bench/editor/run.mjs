// Measures the editor's core: node bench/editor/run.mjs [--save NAME]
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const frontend = fileURLToPath(new URL('../../frontend/', import.meta.url))
const { resolve } = createRequire(`${frontend}package.json`)
const { runnerImport } = await import(pathToFileURL(resolve('vite')).href)
const { module } = await runnerImport(fileURLToPath(new URL('core.bench.ts', import.meta.url)), {
  root: frontend,
  configFile: false,
  logLevel: 'error',
})

const figures = await module.run()
for (const { name, p50, p95, budget } of figures) {
  const verdict = p50 <= budget ? 'ok' : 'TOO SLOW'
  console.log(`${name.padEnd(32)} p50 ${p50.toFixed(3)} ms   p95 ${p95.toFixed(3)} ms   budget ${budget} ms   ${verdict}`)
}
const name = process.argv[process.argv.indexOf('--save') + 1]
if (process.argv.includes('--save') && name) {
  writeFileSync(new URL(`../baselines/${name}.json`, import.meta.url), `${JSON.stringify(figures, null, 1)}\n`)
}
if (figures.some(({ p50, budget }) => !(p50 <= budget))) process.exitCode = 1
