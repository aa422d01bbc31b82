import { describe, expect, it } from 'vitest'
import { openEditor } from '../testing/openEditor'
import type { Editor } from './editor'
import type { Json, JsonObject } from './json'
import { noteOf, parentOf } from './region'
import {
  clickRegion,
  copiedItems,
  deleteRegions,
  duplicateSelected,
  isEditable,
  link,
  pasteItems,
  reshape,
  setNote,
  toggleHidden,
  toggleLocked,
} from './regionActions'

const span = (id: string, start = 0, more: JsonObject = {}): JsonObject => ({
  id,
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start, end: start + 2, text: 'ab', labels: ['A'] },
  origin: 'manual',
  ...more,
})
const relation = (from_id: string, to_id: string): JsonObject => ({
  type: 'relation',
  from_id,
  to_id,
  direction: 'right',
})
const open = (...result: Json[]) =>
  openEditor({
    config: '<Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="A"/></Labels>',
    data: { text: 'ab cd ef' },
    result,
  })
const ids = (editor: Editor) => editor.store.regions().map((region) => region.id)
const parents = (editor: Editor) => editor.store.regions().map(parentOf)
const selected = (editor: Editor) => [...editor.selection.get()]

describe('deleteRegions', () => {
  it('takes links to them along and moves children up, as one step', () => {
    const editor = open(
      span('top'),
      span('mid', 0, { parentID: 'top' }),
      span('low', 0, { parentID: 'mid' }),
      span('other'),
      relation('mid', 'other'),
      relation('top', 'other'),
    )
    const before = editor.session.results()
    editor.selection.select(['mid', 'other'])
    deleteRegions(editor, ['mid'])
    expect([ids(editor), parents(editor)]).toEqual([
      ['top', 'low', 'other'],
      [null, 'top', null],
    ])
    expect(editor.store.relations().map((record) => record.id)).toEqual(['relation:top:other'])
    expect(selected(editor)).toEqual(['other'])
    editor.session.history.undo()
    expect(editor.session.results()).toEqual(before)
  })

  it('finds the next parent that stays when several generations go', () => {
    const editor = open(
      span('a'),
      span('b', 0, { parentID: 'a' }),
      span('c', 0, { parentID: 'b' }),
      span('d', 0, { parentID: 'c' }),
    )
    deleteRegions(editor, ['b', 'c'])
    expect([ids(editor), parents(editor)]).toEqual([
      ['a', 'd'],
      [null, 'a'],
    ])
    deleteRegions(editor, ['a'])
    expect(parents(editor)).toEqual([null])
  })

  it('spares read-only and locked regions', () => {
    const editor = open(span('fixed', 0, { readonly: true }), span('locked'), span('free'))
    toggleLocked(editor, ['locked'])
    deleteRegions(editor, ['fixed', 'locked', 'free', 'unknown'])
    expect(ids(editor)).toEqual(['fixed', 'locked'])
    deleteRegions(editor, ['fixed'])
    editor.session.history.undo()
    expect(ids(editor)).toEqual(['fixed', 'locked', 'free'])
  })

  it('does nothing in a prediction', () => {
    const editor = openEditor({
      config: '<Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="A"/></Labels>',
      result: [span('r1')],
      info: { kind: 'prediction' },
    })
    expect(isEditable(editor, editor.store.regions()[0] as never)).toBe(false)
    deleteRegions(editor, ['r1'])
    setNote(editor, 'r1', 'x')
    expect(pasteItems(editor, [span('r2')])).toBe(0)
    expect(editor.session.results()).toEqual([span('r1')])
  })
})

describe('changes of one region', () => {
  it('reshape and note are written into its items', () => {
    const editor = open(span('r1'))
    editor.mark('move')
    reshape(editor, 'r1', { start: 3, end: 5, text: 'cd' })
    setNote(editor, 'r1', 'look')
    expect(editor.session.results()).toEqual([
      span('r1', 3, { value: { start: 3, end: 5, text: 'cd', labels: ['A'] }, meta: { text: ['look'] } }),
    ])
    expect([editor.session.history.undo(), editor.session.history.undo()]).toEqual(['note', 'move'])
    expect(editor.session.results()).toEqual([span('r1')])
  })

  it('are refused for a locked one', () => {
    const editor = open(span('r1'))
    toggleLocked(editor, ['r1'])
    setNote(editor, 'r1', 'look')
    reshape(editor, 'r1', { start: 3, end: 5 })
    expect(editor.session.results()).toEqual([span('r1')])
  })
})

it('hiding and locking go for all unless all are already', () => {
  const editor = open(span('a'), span('b'))
  const { hidden, locked } = editor.session
  toggleHidden(editor, ['a'])
  toggleHidden(editor, ['a', 'b'])
  expect([...hidden.get()]).toEqual(['a', 'b'])
  toggleHidden(editor, ['a', 'b'])
  expect([...hidden.get()]).toEqual([])
  toggleLocked(editor, ['b'])
  expect([...locked.get()]).toEqual(['b'])
  expect(editor.session.isChanged).toBe(true)
  expect(editor.session.history.canUndo).toBe(false)
})

describe('links', () => {
  it('join two regions once, written last', () => {
    const editor = open(span('a'), span('b'))
    link(editor, 'a', 'b')
    link(editor, 'a', 'b')
    link(editor, 'a', 'a')
    link(editor, 'a', 'none')
    expect(editor.session.results()).toEqual([span('a'), span('b'), relation('a', 'b')])
  })

  it('end at the region that is clicked next', () => {
    const editor = open(span('a'), span('b'))
    editor.linkingFrom.set('a')
    clickRegion(editor, 'b')
    expect(editor.store.relations().map(({ fromId, toId }) => [fromId, toId])).toEqual([['a', 'b']])
    expect([editor.linkingFrom.get(), selected(editor)]).toEqual([null, []])
  })
})

it('clicks select one, add one, or take a range', () => {
  const editor = open(span('a'), span('b'), span('c'))
  clickRegion(editor, 'a')
  clickRegion(editor, 'c', 'range')
  expect(new Set(selected(editor))).toEqual(new Set(['a', 'b', 'c']))
  clickRegion(editor, 'b', 'toggle')
  expect(selected(editor)).toEqual(['a', 'c'])
  clickRegion(editor, 'b')
  expect(selected(editor)).toEqual(['b'])
})

it('a range holds regions only, whatever was answered between them', () => {
  const editor = openEditor({
    config:
      '<Text name="t" value="$x"/><Labels name="lab" toName="t"><Label value="A"/></Labels><Rating name="r" toName="t"/>',
    result: [span('a'), { id: 'x', from_name: 'r', to_name: 't', type: 'rating', value: { rating: 1 } }, span('b')],
  })
  clickRegion(editor, 'a')
  clickRegion(editor, 'b', 'range')
  expect(selected(editor)).toEqual(['a', 'b'])
})

describe('copies', () => {
  it('have new ids, keep nesting among themselves, and are selected', () => {
    const editor = open(span('a', 0, { readonly: true, meta: { text: ['n'] } }), span('b', 3, { parentID: 'a' }))
    editor.selection.select(['b', 'a'])
    duplicateSelected(editor)
    const [, , first, second] = editor.store.regions()
    expect(first?.id).toMatch(/^[A-Za-z0-9_-]{10}$/)
    expect(selected(editor)).toEqual([first?.id, second?.id])
    expect(second && parentOf(second)).toBe(first?.id)
    expect(first && [noteOf(first), first.items[0]?.readonly]).toEqual(['n', undefined])
    editor.session.history.undo()
    expect(ids(editor)).toEqual(['a', 'b'])
  })

  it('go through the clipboard; what does not fit the config is left out', () => {
    const editor = open(span('a'))
    editor.selection.select(['a'])
    const copied = JSON.parse(JSON.stringify(copiedItems(editor))) as Json[]
    expect(copied).toEqual([span('a')])
    const foreign = { id: 'x', from_name: 'box', to_name: 'img', type: 'rectanglelabels', value: {} }
    expect(pasteItems(editor, [...copied, foreign, null, 'x'])).toBe(1)
    expect(ids(editor)).toHaveLength(2)
    expect(pasteItems(editor, [foreign])).toBe(0)
    expect(selected(editor)).toEqual([ids(editor)[1]])
  })
})
