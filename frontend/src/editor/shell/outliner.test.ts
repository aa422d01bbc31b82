import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../core/json'
import { openEditor } from '../testing/openEditor'
import { changedShape, geometryFields } from './geometry'
import { outlinerRows, type Row } from './outlinerRows'

const CONFIG = `<Text name="t" value="$text"/><Image name="i" value="$text"/>
  <Labels name="lab" toName="t"><Label value="Person"/><Label value="Place"/></Labels>
  <RectangleLabels name="box" toName="i"><Label value="Car"/></RectangleLabels>`
const span = (id: string, label: string, text: string, more: JsonObject = {}): JsonObject => ({
  id,
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 3, text, labels: [label] },
  ...more,
})
const BOX = {
  id: 'car',
  from_name: 'box',
  to_name: 'i',
  type: 'rectanglelabels',
  value: { x: 10, y: 20, width: 30, height: 40, rotation: 0, rectanglelabels: ['Car'] },
  score: 0.4,
}
const open = (...result: JsonObject[]) => openEditor({ config: CONFIG, data: { text: 'Bob in Paris' }, result })
const listing = { groupBy: 'manual', orderBy: 'created', isDescending: false } as const
const shown = (rows: Row[]) => rows.map((row) => (row.kind === 'region' ? `${row.depth}${row.id}` : `[${row.title}]`))
const NONE = new Set<string>()

describe('the list of regions', () => {
  const editor = open(
    span('a', 'Person', 'Bob', { score: 0.9 }),
    span('b', 'Place', 'Paris', { parentID: 'a', meta: { text: ['the capital'] } }),
    BOX,
  )

  it('is a tree, or groups', () => {
    expect(shown(outlinerRows(editor, listing, NONE))).toEqual(['0a', '1b', '0car'])
    expect(shown(outlinerRows(editor, { ...listing, groupBy: 'label' }, NONE))).toEqual([
      '[Person]',
      '1a',
      '[Place]',
      '1b',
      '[Car]',
      '1car',
    ])
    expect(shown(outlinerRows(editor, { ...listing, groupBy: 'type' }, new Set(['group:labels'])))).toEqual([
      '[labels]',
      '[rectanglelabels]',
      '1car',
    ])
  })

  it('is ordered by time or score', () => {
    expect(shown(outlinerRows(editor, { ...listing, isDescending: true }, NONE))).toEqual(['0car', '0a', '1b'])
    expect(shown(outlinerRows(editor, { ...listing, orderBy: 'score' }, NONE))).toEqual(['0car', '0a', '1b'])
  })

  it.each([
    ['paris', ['0a', '1b']],
    ['PLACE capital', ['0a', '1b']],
    ['#3', ['0car']],
    ['car', ['0car']],
    ['bob paris', []],
    ['   ', ['0a', '1b', '0car']],
  ])('filtered by %j keeps what lies above', (filter, rows) => {
    expect(shown(outlinerRows(editor, listing, NONE, filter))).toEqual(rows)
  })

  it('in groups a filter keeps only what matches', () => {
    expect(shown(outlinerRows(editor, { ...listing, groupBy: 'label' }, NONE, 'paris'))).toEqual(['[Place]', '1b'])
  })
})

describe('geometry', () => {
  const editor = open(BOX, span('s', 'Person', 'Bob'))
  editor.surroundings.set('i', () => ({ original_width: 200, original_height: 50 }))
  const region = (id: string) => editor.store.region(id) as NonNullable<ReturnType<typeof editor.store.region>>
  const numbers = (isInPixels: boolean) =>
    geometryFields(editor, region('car'), isInPixels).map(({ key, value }) => [key, value])
  const change = (key: string, value: number) => {
    const field = geometryFields(editor, region('car'), editor.settings.get().showPixels).find((f) => f.key === key)
    return field && changedShape(editor, region('car'), field, value)
  }

  it('is shown in percent or pixels', () => {
    expect(numbers(false)).toEqual([
      ['x', 10],
      ['y', 20],
      ['width', 30],
      ['height', 40],
      ['rotation', 0],
    ])
    expect(numbers(true)).toEqual([
      ['x', 20],
      ['y', 10],
      ['width', 60],
      ['height', 20],
      ['rotation', 0],
    ])
  })

  it('stays inside of the picture', () => {
    expect(change('x', 95)).toMatchObject({ x: 70 })
    expect(change('width', 200)).toMatchObject({ width: 90 })
    expect(change('y', -4)).toMatchObject({ y: 0 })
    expect(change('rotation', -90)).toMatchObject({ rotation: 270 })
  })

  it('typed in pixels is stored in percent', () => {
    editor.settings.update((now) => ({ ...now, showPixels: true }))
    expect(change('x', 50)).toMatchObject({ x: 25 })
    expect(change('height', 25)).toMatchObject({ height: 50 })
  })

  it('of a span is only shown: its offsets belong to its words', () => {
    const fields = geometryFields(editor, region('s'), false)
    expect(fields.map(({ key, value, isFixed }) => [key, value, isFixed])).toEqual([
      ['start', 0, true],
      ['end', 3, true],
    ])
  })
})
