import { describe, expect, it } from 'vitest'
import { toDataUrl } from '../../engines/canvas/masks/png'
import { readMask } from '../../engines/canvas/masks/pngReader'
import { areaOf, type Mask } from '../../engines/canvas/masks/runs'
import { strokeRuns } from '../../engines/canvas/masks/stroke'
import { TestEditor } from '../../testing/TestEditor'
import { bitmaskCodec } from './codec'
import type { Bitmask } from './region'
import { bitmaskShape } from './shape'

const MEDIA = { width: 200, height: 100 }
const LABELS =
  '<BitmaskLabels name="bits" toName="image"><Label value="Sky"/></BitmaskLabels><Image name="image" value="$image"/>'
const DOT = { ...MEDIA, runs: strokeRuns({ x: 50, y: 50 }, { x: 50, y: 50 }, 10, MEDIA) }
const task = (more = {}) => new TestEditor({ config: LABELS, data: { image: '/a.png' }, ...more })
const stored = (url: string) =>
  task({
    result: [
      {
        id: 'r',
        from_name: 'bits',
        to_name: 'image',
        type: 'bitmasklabels',
        value: { imageDataURL: url, bitmasklabels: ['Sky'] },
      },
    ],
  })
const maskIn = async (test: TestEditor) =>
  (await readMask(test.editor.session.results()[0]?.value?.imageDataURL as string)) as Mask

describe('masks as pictures', () => {
  it('are painted, and stored as a PNG of the size of the picture', async () => {
    const test = task().label('bits', 'Sky').drag([40, 50], [120, 50])
    expect(await maskIn(test)).toEqual({ ...MEDIA, runs: strokeRuns({ x: 40, y: 50 }, { x: 120, y: 50 }, 5, MEDIA) })
    expect(test.editor.session.results()[0]).toMatchObject({ type: 'bitmasklabels', value: { bitmasklabels: ['Sky'] } })
  })

  it('cannot be hit or painted on before they are read', async () => {
    const test = stored(toDataUrl(DOT))
    const read = new Promise<void>((done) => {
      test.content.onMask = () => done()
    })
    expect(test.content.hits({ x: 50, y: 50 }, 1)).toEqual([])
    test.editor.selection.select(['r'])
    test.tool('tool:brush').drag([90, 50], [110, 50])
    expect(test.editor.notice.get()?.key).toBe('brush.reading')
    expect(await maskIn(test)).toEqual(DOT)
    await read
    expect(test.content.hits({ x: 50, y: 50 }, 1).length).toBe(1)
    test.drag([90, 50], [110, 50])
    expect(areaOf(await maskIn(test))).toBeGreaterThan(areaOf(DOT))
  })

  it('stay as they were when they are not changed, even what is no picture', () => {
    for (const url of [toDataUrl(DOT), 'data:image/png;base64,AAAA']) {
      expect(stored(url).editor.session.results()[0]?.value?.imageDataURL).toBe(url)
    }
  })

  it('are moved when they are read', async () => {
    const shape = bitmaskCodec.decode({ imageDataURL: toDataUrl(DOT) }) as Bitmask
    expect(bitmaskShape.moveBy(shape, { x: 5, y: 0 }, MEDIA)).toBe(shape)
    await bitmaskShape.mask?.(shape, MEDIA)
    const moved = bitmaskShape.moveBy(shape, { x: 5, y: 0 }, MEDIA)
    expect(moved.mask && areaOf(moved.mask)).toBe(areaOf(DOT))
    expect(bitmaskCodec.encode(moved)).toEqual({ imageDataURL: toDataUrl(moved.mask as Mask) })
    expect(bitmaskShape.transform(moved, [2, 0, 0, 2, 0, 0], MEDIA)).toBeNull()
  })

  it.each([{}, { imageDataURL: 5 }, { imageDataURL: 'https://example.org/a.png' }])('refuses %j', (value) =>
    expect(bitmaskCodec.decode(value)).toBeNull(),
  )
})
