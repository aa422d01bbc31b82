import { describe, expect, it } from 'vitest'
import { controlOf, openEditor } from '../testing/openEditor'
import type { RegionRecord, ResultItem } from './document'
import type { JsonObject } from './json'
import {
  allLabels,
  answerOf,
  excerptOf,
  isReadonly,
  itemIndexOf,
  labelsFrom,
  noteOf,
  originOf,
  parentOf,
  sameRegion,
  scoreOf,
  withAnswer,
  withLabels,
  withNote,
  withParent,
  withShape,
} from './region'

const GEOMETRY = { x: 10, y: 20, width: 30, height: 40, rotation: 0 }
const SIZE = { original_width: 600, original_height: 400, image_rotation: 0 }
const item = (from: string, type: string, own: JsonObject, more: Partial<ResultItem> = {}): ResultItem => ({
  ...SIZE,
  id: 'b1',
  from_name: from,
  to_name: 'img',
  type,
  value: { ...GEOMETRY, ...own },
  origin: 'manual',
  ...more,
})

function open(...items: ResultItem[]) {
  const editor = openEditor({
    config:
      '<Image name="img" value="$i"/><RectangleLabels name="box" toName="img"><Label value="Car"/></RectangleLabels>' +
      '<Rectangle name="shape" toName="img"/><Labels name="lab" toName="img"><Label value="Red"/></Labels>' +
      '<TextArea name="note" toName="img" perRegion="true"/><Rating name="stars" toName="img" perRegion="true"/>',
    data: { i: 'a.png' },
    result: items as never,
  })
  const region = editor.store.region('b1') as RegionRecord
  const codec = editor.codec('rectangle')
  if (!codec) throw new Error('no codec')
  return { region, codec, control: (name: string) => controlOf(editor, name) }
}

describe('withShape', () => {
  it('moves every item that repeats the geometry, and keeps what is beside it', () => {
    const { region, codec } = open(
      item('box', 'rectanglelabels', { rectanglelabels: ['Car'], odd: 1 }),
      item('stars', 'rating', { rating: 3 }),
    )
    const moved = withShape(region, { ...GEOMETRY, x: 50 }, codec, { original_width: 601 })
    expect(moved.shape).toEqual({ ...GEOMETRY, x: 50 })
    expect(moved.items).toEqual([
      { ...item('box', 'rectanglelabels', { x: 50, rectanglelabels: ['Car'], odd: 1 }), original_width: 601 },
      { ...item('stars', 'rating', { x: 50, rating: 3 }), original_width: 601 },
    ])
    expect(region.items[0]?.value?.x).toBe(10)
  })

  it('marks what a model predicted as changed', () => {
    const { region, codec } = open(
      item('box', 'rectanglelabels', { rectanglelabels: ['Car'] }, { origin: 'prediction' }),
    )
    expect(originOf(region)).toBe('prediction')
    expect(originOf(withShape(region, { ...GEOMETRY, x: 1 }, codec))).toBe('prediction-changed')
  })
})

describe('withAnswer', () => {
  it('adds an item that repeats geometry, note, parent and size', () => {
    const { region, control } = open(
      item(
        'box',
        'rectanglelabels',
        { rectanglelabels: ['Car'] },
        { meta: { text: ['hm'] }, parentID: 'p', item_index: 2 },
      ),
    )
    const { items } = withAnswer(region, control('stars'), { rating: 4 }, GEOMETRY, SIZE)
    expect(items[1]).toEqual(
      item('stars', 'rating', { rating: 4 }, { meta: { text: ['hm'] }, parentID: 'p', item_index: 2 }),
    )
  })

  it('keeps the size of the picture that the region lies on, whatever page is shown', () => {
    const own = { original_width: 80, original_height: 60, image_rotation: 90 } as const
    const { region, control } = open(item('box', 'rectanglelabels', { rectanglelabels: ['Car'] }, own))
    expect(withAnswer(region, control('stars'), { rating: 4 }, GEOMETRY, SIZE).items[1]).toMatchObject(own)
  })

  it('changes the answer that is there, and takes it away', () => {
    const { region, control } = open(
      item('box', 'rectanglelabels', { rectanglelabels: ['Car'] }),
      item('stars', 'rating', { rating: 3 }, { score: 0.4 }),
    )
    const changed = withAnswer(region, control('stars'), { rating: 5 }, GEOMETRY)
    expect(changed.items[1]).toEqual(item('stars', 'rating', { rating: 5 }, { score: 0.4 }))
    expect(answerOf(changed, control('stars'))).toBe(5)
    const gone = withAnswer(changed, control('stars'), undefined, GEOMETRY)
    expect(gone.items).toEqual([item('box', 'rectanglelabels', { rectanglelabels: ['Car'] })])
    expect(withAnswer(gone, control('stars'), undefined, GEOMETRY).items).toEqual(gone.items)
  })
})

describe('withLabels', () => {
  it('replaces labels, and keeps an empty list where the shape stands in the same item', () => {
    const { region, control } = open(item('box', 'rectanglelabels', { rectanglelabels: ['Car'] }))
    const bare = withLabels(region, control('box'), [], GEOMETRY)
    expect(bare.items).toEqual([item('box', 'rectanglelabels', { rectanglelabels: [] })])
    expect(labelsFrom(bare, control('box'))).toEqual([])
  })

  it('takes the item of separate labels away with the last of them', () => {
    const { region, control } = open(item('shape', 'rectangle', {}), item('lab', 'labels', { labels: ['Red'] }))
    expect(allLabels(region)).toEqual(['Red'])
    expect(withLabels(region, control('lab'), [], GEOMETRY).items).toEqual([item('shape', 'rectangle', {})])
  })
})

describe('what is said beside the results', () => {
  it('a note is repeated in every item and leaves nothing behind', () => {
    const { region } = open(
      item('shape', 'rectangle', {}, { meta: { odd: 1 } }),
      item('lab', 'labels', { labels: ['Red'] }),
    )
    const noted = withNote(region, 'two\nlines')
    expect(noted.items.map(({ meta }) => meta)).toEqual([{ odd: 1, text: ['two\nlines'] }, { text: ['two\nlines'] }])
    expect(noteOf(noted)).toBe('two\nlines')
    expect(withNote(noted, '').items).toEqual(region.items)
    expect(noteOf(region)).toBe('')
  })

  it('a parent is set in every item and taken out again', () => {
    const { region } = open(item('shape', 'rectangle', {}), item('lab', 'labels', { labels: ['Red'] }))
    expect([parentOf(region), parentOf(withParent(region, 'p'))]).toEqual([null, 'p'])
    expect(withParent(withParent(region, 'p'), null)).toEqual(region)
  })

  it('score, page, origin and read-only are read from any item', () => {
    const { region } = open(
      item('shape', 'rectangle', {}, { origin: undefined }),
      item('lab', 'labels', { labels: ['Red'] }, { score: 0.5, item_index: 3, readonly: true, origin: 'prediction' }),
    )
    expect([scoreOf(region), itemIndexOf(region), isReadonly(region), originOf(region)]).toEqual([
      0.5,
      3,
      true,
      'prediction',
    ])
    const { region: plain } = open(item('shape', 'rectangle', {}))
    expect([scoreOf(plain), itemIndexOf(plain), isReadonly(plain), originOf(plain)]).toEqual([
      null,
      null,
      false,
      'manual',
    ])
  })
})

it('regions are the same when they would be written alike', () => {
  const { region } = open(item('shape', 'rectangle', {}))
  expect(sameRegion(region, { ...region, items: region.items.map((one) => ({ ...one })) })).toBe(true)
  expect(sameRegion(region, withNote(region, 'x'))).toBe(false)
})

describe('what a region says', () => {
  it.each([
    [{ text: 'Bob' }, 'Bob'],
    [{ text: ['an answer'] }, ''],
    [{ ocrtext: '12.50' }, '12.50'],
    [{ chatmessage: { role: 'user', content: 'And an atlas?' } }, 'And an atlas?'],
    [{ ocrtext: '' }, ''],
  ])('of %j is %j', (value, said) => {
    const items = [item('lab', 'labels', {}), { ...item('lab', 'labels', {}), value } as ResultItem]
    expect(excerptOf({ items } as unknown as RegionRecord)).toBe(said)
  })
})
