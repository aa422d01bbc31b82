import { describe, expect, it } from 'vitest'
import { findConflicts } from '../../core/commands'
import { Observable } from '../../core/observable'
import { MOVE_TOOL } from '../../engines/canvas/canvasTool'
import { KeyboardPointer } from '../../engines/canvas/keyboardPointer'
import type { Scene } from '../../engines/canvas/scene'
import type { BrushSizes } from '../../engines/canvas/stage'
import { Viewport } from '../../engines/canvas/viewport'
import { TestEditor } from '../../testing/TestEditor'
import { CANVAS_FAMILIES, loadCanvas } from '../registry'
import { chooseTool, imageCommands, MOST_BRUSH } from './imageCommands'
import { imageUrls, isImageUrl } from './imageSource'

const ALL = `<RectangleLabels name="box" toName="image"><Label value="Car"/></RectangleLabels>
  <BrushLabels name="mask" toName="image"><Label value="Sky"/></BrushLabels>
  <BitmaskLabels name="bits" toName="image"><Label value="Sky"/></BitmaskLabels>
  <PolygonLabels name="area" toName="image"><Label value="Lake"/></PolygonLabels>
  <Image name="image" value="$image" rotateControl="true"/>`
const PARTS = await loadCanvas(CANVAS_FAMILIES)

/** The commands of a picture on a stage without a screen. */
function begin(config = ALL) {
  const test = new TestEditor({ config, data: { image: '/a.png' } })
  const node = test.editor.config.objects.get('image')?.node
  if (!node) throw new Error('There is no image.')
  const viewport = new Viewport(
    { width: 200, height: 100 },
    { alignment: { horizontal: 'left', vertical: 'top' }, defaultZoom: 'fit', mayShrink: false },
  )
  viewport.resize({ width: 200, height: 100 })
  const sizes = new Observable<BrushSizes>({ brush: 15, eraser: 10 })
  const keyboard = new KeyboardPointer({ viewport, pointer: () => null, isDrawing: () => false, send: () => {} })
  const state = { takesKeys: false, size: undefined as 'brush' | 'eraser' | undefined }
  const scene = {
    viewport,
    keyboard,
    stage: test.stage,
    isDrawing: false,
    get takesKeys() {
      return state.takesKeys
    },
    get tool() {
      return state.size ? { size: state.size } : null
    },
    cancelDrawing: () => true,
    finishDrawing: () => {},
    cycleUnderPointer: () => true,
  } as unknown as Scene
  const commands = imageCommands({ editor: test.editor, scene: () => scene, node, tools: PARTS.tools, sizes })
  const run = (id: string) => {
    const command = commands.find((other) => other.id === id)
    if (!command?.isEnabled()) throw new Error(`${id} cannot be run.`)
    command.run()
  }
  return { test, commands, run, sizes, state, viewport, keyboard }
}

describe('the commands of a picture', () => {
  it('have names and keys of their own, however many tags share a tool', () => {
    const { commands } = begin()
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length)
    expect(findConflicts(commands)).toEqual([])
    expect(findConflicts(commands, {}, true)).toEqual([])
  })

  it('delete picked points, and only those', () => {
    const { test, commands, run } = begin()
    test.label('area', 'Lake').click(20, 10).click(100, 10).click(100, 60).click(20, 60).click(20, 10)
    const [region] = test.editor.store.regions()
    test.tool(MOVE_TOOL).editor.selection.select([region?.id ?? ''])
    const backspace = commands.find(({ id }) => id === 'points:delete')
    expect([backspace?.hotkey, backspace?.scope, backspace?.isEnabled()]).toEqual(['backspace,delete', 'image', false])
    test.click(100, 60, { ctrl: true })
    run('points:delete')
    const value = test.values()[0] as { points: unknown }
    expect(value.points).toEqual([
      [10, 10],
      [50, 10],
      [10, 60],
    ])
  })

  it('offer the tools of the config, in the order of the tool bar', () => {
    const ids = (config?: string) =>
      begin(config)
        .commands.filter(({ group, isHidden }) => group === 'tool' && !isHidden)
        .map(({ id }) => id)
        .filter((id) => !id.startsWith('smart:'))
    expect(ids()).toEqual([
      'tool:move',
      'tool:rect',
      'tool:rect-3point',
      'tool:polygon',
      'tool:brush',
      'tool:eraser',
      'tool:pan-image',
    ])
    expect(
      ids('<Image name="image" value="$image" selectionControl="false" zoom="false" zoomControl="false"/>'),
    ).toEqual([])
  })

  it('zoom and turn the picture', () => {
    const { run, viewport } = begin()
    run('tool:zoom-in')
    expect(viewport.camera.get().scale).toBeCloseTo(1.1, 6)
    run('tool:zoom-to-fit')
    expect(viewport.camera.get().scale).toBe(1)
    run('tool:rotate-right')
    expect(viewport.camera.get().turn).toBe(90)
  })

  it('change the size of the brush or the eraser, whichever works', () => {
    const { run, sizes, state } = begin()
    expect(() => run('tool:increase-tool')).toThrow()
    state.size = 'brush'
    run('tool:increase-tool')
    state.size = 'eraser'
    run('tool:decrease-tool')
    run('tool:decrease-tool')
    expect(sizes.get()).toEqual({ brush: 20, eraser: 1 })
    for (let step = 0; step < 20; step += 1) run('tool:increase-tool')
    expect(sizes.get().eraser).toBe(MOST_BRUSH)
  })

  it('move what is selected by arrow keys, or the pointer while something is drawn by keys', () => {
    const { test, run, state, keyboard } = begin()
    expect(() => run('region:nudge-right')).toThrow()
    test.label('box', 'Car').drag([20, 20], [60, 60])
    test.editor.selection.select(test.editor.store.order())
    run('region:nudge-right')
    run('region:nudge-down-far')
    run('region:stretch-right')
    expect(test.values()).toEqual([{ x: 10.5, y: 30, width: 20.5, height: 40, rotation: 0, rectanglelabels: ['Car'] }])
    state.takesKeys = true
    run('region:nudge-right')
    run('region:nudge-down-far')
    expect(keyboard.at.get()).toEqual({ x: 110, y: 51 })
    expect(test.values()).toEqual([{ x: 10.5, y: 30, width: 20.5, height: 40, rotation: 0, rectanglelabels: ['Car'] }])
  })

  it('offer smart tools while a model is asked, and walk through them', () => {
    const { test, run } = begin()
    expect(() => run('tool:auto-detect')).toThrow()
    test.editor.suggestions.isOn.set(true)
    const chosen = [1, 2, 3, 4].map(() => {
      run('tool:auto-detect')
      return test.editor.tools.get().get('image')
    })
    expect(chosen).toEqual(['smart:tool:rect', 'smart:tool:polygon', 'smart:tool:brush', 'smart:tool:rect'])
  })
})

it('picking a tool twice goes back to moving, and moving puts labels away', () => {
  const { test } = begin()
  test.label('box', 'Car')
  chooseTool(test.editor, 'image', 'tool:rect')
  expect(test.working).toBe('tool:rect')
  chooseTool(test.editor, 'image', 'tool:rect')
  expect([test.editor.tools.get().get('image'), test.editor.activeLabels.get().size]).toEqual([MOVE_TOOL, 0])
})

describe('addresses of pictures', () => {
  it('are taken from a text or a list', () => {
    const urlsOf = (data: unknown, attrs = {}) => imageUrls({ attrs, data } as never)
    expect(urlsOf('/a.png')).toEqual(['/a.png'])
    expect(urlsOf(['/a.png', '', '/b.png'])).toEqual(['/a.png', '/b.png'])
    expect(urlsOf('')).toEqual([])
    expect(urlsOf(['/a.png', '', '/b.png'], { valueList: '$pages' })).toEqual(['/a.png', '', '/b.png'])
  })

  it.each([
    ['https://example.org/a.png', true],
    ['/data/upload/a.png', true],
    ['data:image/png;base64,AA', true],
    ['a.png', true],
    ['s3://bucket/a.png', false],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
  ])('%s may be loaded: %s', (url, isGood) => expect(isImageUrl(url)).toBe(isGood))
})
