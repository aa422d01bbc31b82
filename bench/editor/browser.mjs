// Measures the editor in Chromium: node bench/editor/browser.mjs [--only PART] [--save NAME] [--chromium PATH]
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

/** The example page of the editor, built as it is shipped. */
async function serve() {
  const outDir = mkdtempSync(join(tmpdir(), 'postil-bench-'))
  const root = join(frontend, 'embed-example')
  const shared = { configFile: false, root, logLevel: 'error', build: { outDir, emptyOutDir: true, target: 'es2023' } }
  await build({ ...shared, plugins: [react()], resolve: { alias: { '@': join(frontend, 'src') } }, worker: { format: 'es' } })
  const server = await preview({ ...shared, preview: { port: 0, host: '127.0.0.1' } })
  return {
    url: server.resolvedUrls.local[0],
    async end() {
      await server.close()
      rmSync(outDir, { recursive: true })
    },
  }
}

async function openPage(browser, url, example, ready = '.pe-layer') {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  page.on('pageerror', (error) => console.error('page:', error.message))
  await page.addInitScript(inPage)
  await page.goto(`${url}index.html?example=${example}`)
  await page.locator(ready).first().waitFor()
  await page.waitForTimeout(1500)
  const box = await page.getByTestId(/^(image|text)-/).first().boundingBox()
  return { page, at: (x, y) => [box.x + box.width * x, box.y + box.height * y] }
}

const figures = []
const note = (name, value, unit, budget, isLeast = false) =>
  figures.push({ name, value: Math.round(value * 10) / 10, unit, budget, isOk: isLeast ? value >= budget : value <= budget })

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

/** Returns the work a frame while something is dragged. */
async function dragWork(page, from, to) {
  const { answer, work } = await withWork(page, () =>
    page.evaluate(([start, end]) => window.bench.drag('[data-testid=image-image]', start, end, 60), [from, to]),
  )
  await page.evaluate(([end]) => window.bench.drop('[data-testid=image-image]', end), [to])
  return work / answer
}

/** Notes how long something takes until it is painted, and how much of that the page works. */
async function noteAnswers(page, name, rounds, act) {
  const [times, works] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const { answer, work } = await withWork(page, () => act(round))
    times.push(answer)
    works.push(work)
    await page.waitForTimeout(500)
  }
  note(`${name}, until painted`, middle(times), 'ms', 50)
  note(`${name}, work of the page`, middle(works), 'ms', 50)
}

async function measureBoxes(browser, url) {
  const { page, at } = await openPage(browser, url, 'many')
  const bare = await page.evaluate(() => window.bench.bareCanvas(10_000))
  note('bare canvas, 10,000 boxes: pan', bare, 'frames/s', 0, true)
  const zoom = await page.evaluate(() => window.bench.wheel('[data-testid=image-image]', 60, { ctrlKey: true, deltaY: -4 }))
  note('10,000 boxes: zoom', zoom, 'frames/s', 50, true)
  const pan = await page.evaluate(() => window.bench.wheel('[data-testid=image-image]', 90, { deltaX: 3, deltaY: 2 }))
  note('10,000 boxes: pan', pan, 'frames/s', 50, true)
  await page.keyboard.press('Shift+1')
  await page.waitForTimeout(400)
  await noteAnswers(page, '10,000 boxes: select', 9, (round) =>
    page.evaluate(([x, y]) => window.bench.press('[data-testid=image-image]', x, y), at(0.1 + round * 0.07, 0.31)),
  )
  await page.keyboard.press('u')
  await page.keyboard.press('1')
  note('10,000 boxes: draw a new one, work a frame', await dragWork(page, at(0.3, 0.2), at(0.6, 0.7)), 'ms', 16)
  for (let round = 0; round < 6; round += 1) {
    await page.keyboard.press('2')
    await page.mouse.move(...at(0.1 + round * 0.1, 0.8))
    await page.mouse.down()
    await page.mouse.move(...at(0.18 + round * 0.1, 0.9), { steps: 4 })
    await page.mouse.up()
  }
  await page.waitForTimeout(3000)
  await noteAnswers(page, '10,000 boxes: undo', 7, () => page.evaluate(() => window.bench.key('z', { ctrlKey: true })))
  note('10,000 boxes: heap', await page.evaluate(() => window.bench.heap()), 'MB', 250)
  await page.close()
}

/** Polygons and key points, half and half: the same as boxes, without what does not depend on the shape. */
async function measureShapes(browser, url) {
  const { page, at } = await openPage(browser, url, 'manyShapes')
  const name = '10,000 polygons and points'
  const zoom = await page.evaluate(() => window.bench.wheel('[data-testid=image-image]', 60, { ctrlKey: true, deltaY: -4 }))
  note(`${name}: zoom`, zoom, 'frames/s', 50, true)
  const pan = await page.evaluate(() => window.bench.wheel('[data-testid=image-image]', 90, { deltaX: 3, deltaY: 2 }))
  note(`${name}: pan`, pan, 'frames/s', 50, true)
  await page.keyboard.press('Shift+1')
  await page.waitForTimeout(400)
  await noteAnswers(page, `${name}: select`, 9, (round) =>
    page.evaluate(([x, y]) => window.bench.press('[data-testid=image-image]', x, y), at(0.1 + round * 0.07, 0.31)),
  )
  await page.keyboard.press('u')
  for (let round = 0; round < 6; round += 1) {
    await page.keyboard.press('3')
    await page.mouse.click(...at(0.1 + round * 0.1, 0.5))
  }
  await page.waitForTimeout(3000)
  await noteAnswers(page, `${name}: undo`, 5, () => page.evaluate(() => window.bench.key('z', { ctrlKey: true })))
  note(`${name}: heap`, await page.evaluate(() => window.bench.heap()), 'MB', 250)
  await page.close()
}

/** From the answer of a server until the task can be seen, with the code of its tags here, as for every task but the first. */
async function measureOpening(browser, url) {
  const { page } = await openPage(browser, url, 'shapes')
  const times = await page.evaluate(() => window.bench.open(9))
  note('open a task, until painted', middle(times), 'ms', 150)
  await page.close()
}

/** From going on until the next task can be seen; it and its picture were fetched beforehand. */
async function measureNext(browser, url) {
  const kinds = [
    ['picture', 'shapes', '.pe-layer'],
    ['labeled picture', 'shapes', '.pe-layer'],
    ['text', 'text', '[data-testid^=text-]'],
  ]
  for (const [kind, example, ready] of kinds) {
    const { page } = await openPage(browser, url, example, ready)
    const [times, works] = [[], []]
    for (let round = 0; round < 11; round += 1) {
      await page.evaluate(([at, what]) => window.bench.prepare(at, what), [round, kind])
      const { answer, work } = await withWork(page, () => page.evaluate((what) => window.bench.goOn(what), kind))
      times.push(answer)
      works.push(work)
    }
    note(`next prefetched task, a ${kind}, until painted`, middle(times), 'ms', 50)
    note(`next prefetched task, a ${kind}, work of the page`, middle(works), 'ms', 50)
    await page.close()
  }
}

async function measureMasks(browser, url) {
  const { page, at } = await openPage(browser, url, 'masks')
  await page.waitForTimeout(1500)
  const work = []
  for (let round = 0; round < 3; round += 1) {
    if (round === 0) await page.keyboard.press('1')
    work.push(await dragWork(page, at(0.2 + round * 0.1, 0.3), at(0.7, 0.5 + round * 0.1)))
  }
  note('100 masks of 4000 × 3000: brush, work a frame', middle(work), 'ms', 16)
  await page.waitForTimeout(2500)
  await page.evaluate(() => window.bench.beginTasks())
  await page.keyboard.press('Control+Enter')
  await page.waitForTimeout(2500)
  note('100 masks of 4000 × 3000: longest task of submit', await page.evaluate(() => window.bench.endTasks()), 'ms', 50)
  const sent = await page.evaluate(() => window.example.state.annotations.at(-1)?.result.length ?? 0)
  if (sent !== 101) throw new Error(`${sent} results were submitted, not 101.`)
  note('100 masks of 4000 × 3000: heap', await page.evaluate(() => window.bench.heap()), 'MB', 250)
  await page.close()
}

/** Opens the editor fifty times in one page; what is left each time is a leak. */
async function measureLeaks(browser, url) {
  const { page } = await openPage(browser, url, 'shapes')
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const count = async () => {
    await page.evaluate(() => window.bench.heap())
    const { metrics } = await session.send('Performance.getMetrics')
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
  }
  // The first openings fill caches and compile code.
  await page.evaluate(() => window.bench.reopen(50))
  const before = await count()
  await page.evaluate(() => window.bench.reopen(50))
  const after = await count()
  note('50 opens: heap that stays, each', (after.JSHeapUsedSize - before.JSHeapUsedSize) / 50 / 1e3, 'kB', 20)
  note('50 opens: nodes that stay, each', (after.Nodes - before.Nodes) / 50, '', 5)
  note('50 opens: listeners that stay, each', (after.JSEventListeners - before.JSEventListeners) / 50, '', 0.5)
  await page.close()
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const { url, end } = await serve()
const browser = await chromium.launch({
  executablePath: option('--chromium') ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info', '--js-flags=--expose-gc'],
})
try {
  const parts = { boxes: measureBoxes, shapes: measureShapes, opening: measureOpening, next: measureNext, masks: measureMasks, leaks: measureLeaks }
  for (const [name, measure] of Object.entries(parts)) if ((option('--only') ?? name) === name) await measure(browser, url)
} finally {
  await browser.close()
  await end()
}
for (const { name, value, unit, budget, isOk } of figures)
  console.log(`${name.padEnd(52)} ${String(value).padStart(8)} ${unit.padEnd(9)} budget ${budget}   ${isOk ? 'ok' : 'MISSED'}`)
if (option('--save')) writeFileSync(new URL(`../baselines/${option('--save')}.json`, import.meta.url), `${JSON.stringify(figures, null, 1)}\n`)
if (figures.some(({ isOk }) => !isOk)) process.exitCode = 1
