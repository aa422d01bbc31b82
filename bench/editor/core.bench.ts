import { performance } from 'node:perf_hooks'
import type { RegionRecord } from '../../frontend/src/editor/core/document'
import type { Json } from '../../frontend/src/editor/core/json'
import { reshape } from '../../frontend/src/editor/core/regionActions'
import { Content } from '../../frontend/src/editor/engines/canvas/content'
import { loadCanvas } from '../../frontend/src/editor/tags/registry'
import { openEditor } from '../../frontend/src/editor/testing/openEditor'

const REGIONS = 10_000
const MEDIA = { width: 4000, height: 4000 }
const CONFIG = '<Image name="img" value="$i"/><RectangleLabels name="box" toName="img"><Label value="Car"/></RectangleLabels>'

export interface Figure {
  readonly name: string
  readonly p50: number
  readonly p95: number
  readonly budget: number
}

/** Boxes in rows and columns that overlap their neighbors a little. */
const boxes = (): Json[] =>
  Array.from({ length: REGIONS }, (_, at) => ({
    id: `b${at}`,
    from_name: 'box',
    to_name: 'img',
    type: 'rectanglelabels',
    value: { x: at % 100, y: Math.floor(at / 100), width: 1.2, height: 1.2, rotation: at % 7, rectanglelabels: ['Car'] },
  }))

function measure(name: string, budget: number, rounds: number, act: (round: number) => void): Figure {
  for (let round = 0; round < Math.min(rounds, 20); round += 1) act(round)
  const times = Array.from({ length: rounds }, (_, round) => {
    const start = performance.now()
    act(round)
    return performance.now() - start
  }).sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] as number
  return { name, p50: at(0.5), p95: at(0.95), budget }
}

/** Returns how long things take in milliseconds that must feel instant with ten thousand regions. */
export async function run(): Promise<Figure[]> {
  const result = boxes()
  const { shapes } = await loadCanvas(['rectangle'])
  const editor = openEditor({ config: CONFIG, data: { i: 'a.png' }, result })
  const content = new Content(editor, 'img', shapes, MEDIA)
  editor.store.subscribe((transaction) => {
    for (const [id] of transaction) content.update(id)
  })
  content.hit({ x: 0, y: 0 }, 5)
  const move = (round: number) => {
    const id = `b${(round * 37) % REGIONS}`
    const region = editor.store.region(id) as RegionRecord
    editor.mark('move')
    reshape(editor, id, { ...(region.shape as object), x: (round % 90) + 0.5 })
  }
  let found = 0
  return [
    measure('open 10,000 regions', 300, 10, () => void openEditor({ config: CONFIG, data: { i: 'a.png' }, result })),
    measure('one change and its undo', 1, 500, (round) => {
      move(round)
      editor.session.history.undo()
    }),
    measure('hit test', 1, 500, (round) => {
      found += content.hits({ x: (round * 97) % 4000, y: (round * 61) % 4000 }, 5).length
    }),
    measure('list of regions after a change', 16, 100, (round) => {
      move(round)
      found += editor.store.regions().length
    }),
    measure('result list for a draft', 50, 20, () => {
      found += editor.session.results().length
    }),
  ].map((figure) => (found > 0 ? figure : { ...figure, p50: Number.NaN }))
}
