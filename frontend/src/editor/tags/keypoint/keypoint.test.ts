import { describe, expect, it } from 'vitest'
import { shift } from '../../engines/canvas/affine'
import { geometryFields } from '../../shell/geometry'
import { TestEditor } from '../../testing/TestEditor'
import { keyPointCodec } from './codec'
import { keyPointShape, pixelMiddle } from './shape'

const MEDIA = { width: 200, height: 100 }
const labels = (more = '') =>
  `<KeyPointLabels name="p" toName="image" ${more}><Label value="Nose"/></KeyPointLabels><Image name="image" value="$image"/>`
const task = (config = labels()) => new TestEditor({ config, data: { image: '/a.png' } })
const point = (x: number, y: number, width: number) => ({ x, y, width, keypointlabels: ['Nose'] })

describe('key points', () => {
  it('are made by one click, as wide as the tag says at this zoom', () => {
    task()
      .label('p', 'Nose')
      .click(100, 50)
      .expectRegions(point(50, 50, 1))
    task(labels('strokeWidth="10"'))
      .label('p', 'Nose')
      .click(20, 20)
      .expectRegions(point(10, 20, 5))
  })

  it('snap to the middle of a pixel', () => {
    task(labels('snap="pixel"'))
      .label('p', 'Nose')
      .click(100.9, 50.2)
      .expectRegions(point(50.25, 50.5, 1))
    expect(pixelMiddle({ x: 200, y: 100 }, MEDIA)).toEqual({ x: 199.5, y: 99.5 })
  })

  it('stay inside of the picture', () => {
    task()
      .label('p', 'Nose')
      .click(-20, 500)
      .expectRegions(point(0, 100, 1))
    const at = { x: 50, y: 50, width: 1 }
    expect(keyPointShape.moveBy(at, { x: 500, y: -500 }, MEDIA)).toEqual({ x: 100, y: 0, width: 1 })
    expect(keyPointShape.transform(at, shift({ x: 20, y: 10 }), MEDIA)).toEqual({ x: 60, y: 60, width: 1 })
  })

  it('are moved by dragging, and deleted points come back', () =>
    void task()
      .label('p', 'Nose')
      .click(100, 50)
      .drag([100, 50], [120, 60])
      .expectRegions(point(60, 60, 1))
      .undo()
      .expectRegions(point(50, 50, 1)))

  it('can be moved by typing, but not widened', () => {
    const { editor } = task().label('p', 'Nose').click(100, 50)
    const region = editor.store.regions()[0]
    const fields = region ? geometryFields(editor, region, true) : []
    expect(fields.map(({ key, value, isFixed }) => [key, value, isFixed])).toEqual([
      ['x', 100, false],
      ['y', 50, false],
      ['width', 2, true],
    ])
  })

  it('are told from boxes by their lack of a height', () => {
    expect(keyPointCodec.decode({ x: 1, y: 2, width: 3 })).toEqual({ x: 1, y: 2, width: 3 })
    expect(keyPointCodec.decode({ x: 1, y: 2 })).toEqual({ x: 1, y: 2, width: 0 })
    expect(keyPointCodec.decode({ x: 1, y: 2, width: 3, height: 4 })).toBeNull()
    expect(keyPointCodec.decode({ x: 1 })).toBeNull()
  })
})

describe('as prompts for a model', () => {
  const begin = () => {
    const test = task(labels('smart="true"'))
    const asked: unknown[] = []
    test.editor.suggestions.connect({
      ask: async (items) => {
        asked.push(items.map(({ value, is_positive }) => [value?.x, is_positive]))
        return []
      },
      read: () => [],
      keep: () => {},
      after: () => () => {},
    })
    test.editor.suggestions.isOn.set(true)
    test.tool('smart:tool:key-point').label('p', 'Nose')
    return { test, asked }
  }

  it('say "this" by a click and "not this" with Alt, and are not part of the annotation', () => {
    const { test, asked } = begin()
    test.click(100, 50).click(20, 50, { alt: true })
    test.expectRegions()
    expect(asked).toEqual([
      [[50, true]],
      [
        [50, true],
        [10, false],
      ],
    ])
    expect(test.editor.session.history.canUndo).toBe(false)
  })

  it('are not offered while no model is asked', () => {
    const { test } = begin()
    expect(test.working).toBe('tool:key-point')
    test.editor.suggestions.isOn.set(false)
    expect(test.working).toBe('tool:move')
  })
})
