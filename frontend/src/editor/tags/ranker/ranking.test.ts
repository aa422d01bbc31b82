import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { controlOf, openEditor } from '../../testing/openEditor'
import { columnOf, columnsOf, moved, rank, rankingOf } from './ranking'

const ITEMS = [
  { id: 3, title: 'c' },
  { id: 'two', title: 'b' },
  { id: 1, title: 'a' },
]

const open = (buckets = '') => {
  const editor = openEditor({
    config: `<List name="l" value="$items" title="All"/><Ranker name="rk" toName="l">${buckets}</Ranker>`,
    data: { items: ITEMS },
  })
  return { editor, control: controlOf(editor, 'rk') }
}

const BUCKETS = '<Bucket name="best" title="Best"/><Bucket name="bad"/>'

describe('a ranking', () => {
  it('begins in the order of the data, ids as text', () => {
    const { editor, control } = open()
    expect(rankingOf(editor, control, undefined)).toEqual({ rk: ['3', 'two', '1'] })
    expect(columnsOf(editor, control)).toEqual([{ name: 'rk', title: 'All' }])
  })

  it('with buckets begins in the list, or in the bucket that is the default', () => {
    const { editor, control } = open(BUCKETS)
    expect(rankingOf(editor, control, undefined)).toEqual({ _: ['3', 'two', '1'], best: [], bad: [] })
    expect(columnsOf(editor, control).map(({ title }) => title)).toEqual(['All', 'Best', 'bad'])
    const preset = open(BUCKETS.replace('name="bad"', 'name="bad" default="true"'))
    expect(rankingOf(preset.editor, preset.control, undefined)).toEqual({ best: [], bad: ['3', 'two', '1'] })
  })

  it('keeps every item exactly once, whatever is stored and wherever it is moved', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('_', 'best', 'bad', 'gone'), fc.array(fc.constantFrom('3', 'two', '1', 'gone'))),
        fc.array(fc.tuple(fc.constantFrom('3', 'two', '1'), fc.constantFrom('_', 'best', 'bad'), fc.nat(3)), {
          maxLength: 6,
        }),
        (stored, moves) => {
          const { editor, control } = open(BUCKETS)
          let ranking = rankingOf(editor, control, stored)
          for (const [id, column, at] of moves) {
            ranking = moved(ranking, id, column, at)
            expect(columnOf(ranking, id)).toBe(column)
          }
          expect(Object.values(ranking).flat().sort()).toEqual(['1', '3', 'two'])
        },
      ),
    ))

  it('is stored as it is, and at submission also untouched if it was on the screen', () => {
    const { editor, control } = open(BUCKETS)
    editor.finish()
    expect(editor.session.results()).toEqual([])
    editor.seen.add(control.name)
    editor.finish()
    expect(editor.session.results()).toMatchObject([
      { from_name: 'rk', to_name: 'l', type: 'ranker', value: { ranker: { _: ['3', 'two', '1'], best: [], bad: [] } } },
    ])
    rank(editor, control, { _: [], best: ['1'], bad: ['two', '3'] })
    editor.finish()
    expect(editor.session.results()[0]?.value).toEqual({ ranker: { _: [], best: ['1'], bad: ['two', '3'] } })
  })
})
