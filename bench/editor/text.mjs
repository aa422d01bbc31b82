// Measures long texts in Chromium: node bench/editor/text.mjs [--save NAME] [--chromium PATH]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inPage } from './inPage.mjs'

const frontend = fileURLToPath(new URL('../../frontend/', import.meta.url))
const { resolve } = createRequire(`${frontend}package.json`)
const load = async (name) => import(pathToFileURL(resolve(name)).href)
const { build, preview } = await load('vite')
const react = (await load('@vitejs/plugin-react')).default
const { chromium } = (await load('@playwright/test')).default
const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const figures = []
const note = (name, value, unit, budget) => figures.push({ name, value: Math.round(value * 10) / 10, unit, budget, isOk: value <= budget })

/** Runs `act` and returns its answer and how long the page's main thread worked; waiting for a processor does not count. */
async function withWork(page, act) {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1000
  const before = await busy()
  const answer = await act()
  const work = (await busy()) - before
  await session.detach()
  return { answer, work }
}

/** Runs in the page: tells when the first spans were painted, counted from the beginning of the page's own code. */
function watchOpening() {
  const started = () => performance.getEntriesByType('resource').find(({ name }) => name.endsWith('.js'))?.responseEnd ?? 0
  const found = new Promise((done) => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.pe-span')) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - started()), 0))
    }).observe(document, { childList: true, subtree: true })
  })
  window.opened = found
}

/** Runs in the page: clicks the nth span and returns how long it takes until that is painted. */
async function pressSpan(at) {
  const spans = document.querySelectorAll('.pe-span')
  const span = spans[at % spans.length]
  span.scrollIntoView({ block: 'center' })
  await new Promise((done) => setTimeout(done, 400))
  window.getSelection()?.removeAllRanges()
  const box = span.getClientRects()[0]
  const place = { clientX: box.left + 3, clientY: box.top + 5, pointerId: 1, isPrimary: true, bubbles: true, cancelable: true, button: 0 }
  await new Promise((done) => requestAnimationFrame(done))
  const start = performance.now()
  span.dispatchEvent(new PointerEvent('pointerdown', { ...place, buttons: 1 }))
  span.dispatchEvent(new PointerEvent('pointerup', place))
  for (let round = 0; round < 20 && !document.querySelector('.pe-span_selected'); round += 1) {
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))
  }
  const time = performance.now() - start
  if (!document.querySelector('.pe-span_selected')) throw new Error('The span was not selected.')
  return time
}

async function measure(browser, url, example, name, budgets) {
  const [opened, opening] = [[], []]
  for (let round = 0; round < 3; round += 1) {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    page.on('pageerror', (error) => console.error('page:', error.message))
    await page.addInitScript(inPage)
    await page.addInitScript(watchOpening)
    const { answer: time, work } = await withWork(page, async () => {
      await page.goto(`${url}index.html?example=${example}`)
      return page.evaluate(() => window.opened)
    })
    opened.push(time)
    opening.push(work)
    if (round === 2) {
      await page.waitForTimeout(1500)
      const [times, works] = [[], []]
      for (let at = 0; at < 7; at += 1) {
        const pressed = await withWork(page, () => page.evaluate(pressSpan, at))
        times.push(pressed.answer)
        works.push(pressed.work)
        await page.keyboard.press('u')
        await page.waitForTimeout(300)
      }
      note(`${name}: select, until painted`, middle(times), 'ms', budgets.select)
      note(`${name}: select, work of the page`, middle(works), 'ms', budgets.select)
      note(`${name}: heap`, await page.evaluate(() => window.bench.heap()), 'MB', 250)
    }
    await page.close()
  }
  note(`${name}: open, code included`, middle(opened), 'ms', budgets.open)
  note(`${name}: open, work of the page`, middle(opening), 'ms', budgets.open)
}

const outDir = mkdtempSync(join(tmpdir(), 'postil-bench-'))
const root = join(frontend, 'embed-example')
const shared = { configFile: false, root, logLevel: 'error', build: { outDir, emptyOutDir: true, target: 'es2023' } }
await build({ ...shared, plugins: [react()], resolve: { alias: { '@': join(frontend, 'src') } }, worker: { format: 'es' } })
const server = await preview({ ...shared, preview: { port: 0, host: '127.0.0.1' } })
const browser = await chromium.launch({
  executablePath: option('--chromium') ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info', '--js-flags=--expose-gc'],
})
try {
  const url = server.resolvedUrls.local[0]
  await measure(browser, url, 'text217k', '217,000 characters, 1,000 spans', { open: 1500, select: 50 })
  await measure(browser, url, 'text1m', '1,000,000 characters, 5,000 spans', { open: 1500, select: 150 })
} finally {
  await browser.close()
  await server.close()
  rmSync(outDir, { recursive: true })
}
for (const { name, value, unit, budget, isOk } of figures)
  console.log(`${name.padEnd(58)} ${String(value).padStart(8)} ${unit.padEnd(3)} budget ${budget}   ${isOk ? 'ok' : 'MISSED'}`)
if (option('--save')) writeFileSync(new URL(`../baselines/${option('--save')}.json`, import.meta.url), `${JSON.stringify(figures, null, 1)}\n`)
if (figures.some(({ isOk }) => !isOk)) process.exitCode = 1
