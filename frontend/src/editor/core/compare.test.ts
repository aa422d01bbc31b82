import { describe, expect, it } from 'vitest'
import { NEW_ANNOTATION, openEditor } from '../testing/openEditor'
import { differencesFrom } from './compare'
import type { JsonObject } from './json'

const CONFIG = `<Text name="t" value="$t"/><Image name="i" value="$t"/>
  <Labels name="lab" toName="t"><Label value="A"/><Label value="B"/></Labels>
  <RectangleLabels name="box" toName="i"><Label value="Car"/></RectangleLabels>
  <Rating name="r" toName="t"/><Choices name="c" toName="t"><Choice value="x"/><Choice value="y"/></Choices>`
const span = (id: string, start: number, end: number, label = 'A'): JsonObject => ({
  id,
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start, end, text: '', labels: [label] },
})
const box = (id: string, x: number, more: JsonObject = {}): JsonObject => ({
  id,
  from_name: 'box',
  to_name: 'i',
  type: 'rectanglelabels',
  value: { x, y: 10, width: 20, height: 20, rotation: 0, rectanglelabels: ['Car'] },
  ...more,
})
const rating = (stars: number): JsonObject => ({
  id: 'q',
  from_name: 'r',
  to_name: 't',
  type: 'rating',
  value: { rating: stars },
})
const choice = (word: string): JsonObject => ({
  id: 'w',
  from_name: 'c',
  to_name: 't',
  type: 'choices',
  value: { choices: [word] },
})

function differences(here: JsonObject[], there: JsonObject[]) {
  const editor = openEditor({ config: CONFIG, data: { t: 'a text' }, result: here })
  const reference = editor.openResults({ ...NEW_ANNOTATION, key: 'other' }, there)
  return differencesFrom(editor, editor.session, reference)
}

describe('two annotations', () => {
  it('with the same content do not differ, whatever the ids', () => {
    expect(differences([span('a', 0, 4), box('b', 10), rating(3)], [box('x', 10), span('y', 0, 4), rating(3)])).toEqual(
      {
        same: 3,
        regions: [],
        missing: 0,
        answers: [],
      },
    )
  })

  it('regions of the same place are alike from half an overlap on', () => {
    expect(differences([span('a', 0, 4)], [span('b', 0, 6)])).toMatchObject({ same: 1, regions: [] })
    expect(differences([span('a', 0, 4)], [span('b', 0, 9)])).toMatchObject({ same: 0, regions: ['a'], missing: 1 })
    expect(differences([box('a', 10)], [box('b', 14)])).toMatchObject({ same: 1, regions: [] })
    expect(differences([box('a', 10)], [box('b', 30)])).toMatchObject({ regions: ['a'], missing: 1 })
  })

  it('each region has one twin', () => {
    expect(differences([box('a', 10), box('b', 10)], [box('x', 10)])).toMatchObject({
      same: 1,
      regions: ['b'],
      missing: 0,
    })
  })

  it('another label or another page is another region', () => {
    expect(differences([span('a', 0, 4, 'B')], [span('b', 0, 4, 'A')])).toMatchObject({ regions: ['a'], missing: 1 })
    expect(differences([box('a', 10, { item_index: 1 })], [box('b', 10, { item_index: 0 })])).toMatchObject({
      regions: ['a'],
    })
  })

  it('answers differ by their values, and by being there', () => {
    expect(differences([rating(3), choice('x')], [rating(4), choice('x')])).toMatchObject({ same: 1, answers: ['r'] })
    expect(differences([choice('y')], [])).toMatchObject({ same: 0, answers: ['c'] })
    expect(differences([], [choice('y')])).toMatchObject({ answers: ['c'] })
  })
})
