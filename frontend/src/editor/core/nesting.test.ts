import { describe, expect, it } from 'vitest'
import { openEditor } from '../testing/openEditor'
import type { Editor } from './editor'
import type { Json, JsonObject } from './json'
import { nest, nestingProblem, nestUnderLast } from './nesting'
import { parentOf } from './region'
import { toggleLocked } from './regionActions'

const CONFIG = `<Text name="t" value="$text"/>
  <Labels name="lab" toName="t"><Label value="A"/></Labels>
  <Labels name="part" toName="t" groupDepth="2"><Label value="Car" alias="CAR" groupCanContain="Wheel, Door"/>
    <Label value="Wheel" alias="WHL"/><Label value="Door"/></Labels>`
const span = (id: string, label = 'A', more: JsonObject = {}): JsonObject => ({
  id,
  from_name: label === 'A' ? 'lab' : 'part',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 2, text: 'ab', labels: [label] },
  origin: 'manual',
  ...more,
})
const open = (...result: Json[]) => openEditor({ config: CONFIG, data: { text: 'ab cd ef' }, result })
const parents = (editor: Editor) => editor.store.regions().map(parentOf)
const problem = (editor: Editor, child: string, parent: string) => {
  const [one, other] = [editor.store.region(child), editor.store.region(parent)]
  return one && other ? nestingProblem(editor, one, other) : 'missing'
}

describe('nest', () => {
  it('puts a region under another one, and back to the top', () => {
    const editor = open(span('a'), span('b'))
    nest(editor, 'b', 'a')
    expect(parents(editor)).toEqual([null, 'a'])
    nest(editor, 'b', null)
    expect(parents(editor)).toEqual([null, null])
  })

  it('moves several as one step; what lies under one of them stays there', () => {
    const editor = open(span('a'), span('b'), span('c', 'A', { parentID: 'b' }), span('d'))
    nest(editor, ['b', 'c', 'd', 'a'], 'a')
    expect(parents(editor)).toEqual([null, 'a', 'b', 'a'])
    editor.session.history.undo()
    expect(parents(editor)).toEqual([null, null, 'b', null])
  })

  it('puts the selected ones under the one selected last', () => {
    const editor = open(span('a'), span('b'), span('c'))
    editor.selection.select(['a'])
    nestUnderLast(editor)
    expect(editor.session.history.canUndo).toBe(false)
    editor.selection.select(['c', 'a', 'b'])
    nestUnderLast(editor)
    expect(parents(editor)).toEqual(['b', null, 'b'])
  })

  it('makes no circles and tells so, and nothing of regions that are not there', () => {
    const editor = open(span('a'), span('b', 'A', { parentID: 'a' }), span('c', 'A', { parentID: 'b' }))
    nest(editor, 'a', 'c')
    expect(editor.notice.get()).toMatchObject({ key: 'nesting.circle', tone: 'warning' })
    nest(editor, 'a', 'a')
    nest(editor, 'a', 'none')
    nest(editor, 'none', 'a')
    expect(parents(editor)).toEqual([null, 'a', 'b'])
    expect(editor.session.history.canUndo).toBe(false)
  })

  it('survives a circle that came with the data', () => {
    const editor = open(span('a', 'A', { parentID: 'b' }), span('b', 'A', { parentID: 'a' }), span('c'))
    nest(editor, 'c', 'a')
    expect(parents(editor)).toEqual(['b', 'a', 'a'])
  })

  it('leaves locked and read-only regions where they are; their places may still be filled', () => {
    const editor = open(span('a'), span('b'), span('fixed', 'A', { readonly: true }))
    toggleLocked(editor, ['b'])
    expect([problem(editor, 'b', 'a'), problem(editor, 'fixed', 'a'), problem(editor, 'a', 'fixed')]).toEqual([
      'fixed',
      'fixed',
      null,
    ])
    nest(editor, 'b', 'a')
    expect(parents(editor)).toEqual([null, null, null])
  })

  it('nothing at all when one of several may not go', () => {
    const editor = open(span('car', 'CAR'), span('d', 'Door'), span('a'))
    nest(editor, ['d', 'a'], 'car')
    expect(parents(editor)).toEqual([null, null, null])
    expect(editor.notice.get()?.key).toBe('nesting.label')
  })
})

describe('rules of the config', () => {
  it('groupCanContain names the labels that may lie under a label, by value or alias', () => {
    const editor = open(span('car', 'CAR'), span('w', 'WHL'), span('d', 'Door'), span('a'), span('other', 'CAR'))
    expect(['w', 'd', 'a', 'other'].map((id) => problem(editor, id, 'car'))).toEqual([null, null, 'label', 'label'])
    expect(problem(editor, 'car', 'w')).toBeNull()
  })

  it('groupDepth limits how deep, with all that is under the moved region', () => {
    const editor = open(
      span('a'),
      span('b', 'A', { parentID: 'a' }),
      span('c', 'A', { parentID: 'b' }),
      span('w', 'WHL'),
      span('car', 'CAR'),
      span('door', 'Door', { parentID: 'car' }),
    )
    expect(problem(editor, 'w', 'b')).toBeNull()
    expect(problem(editor, 'w', 'c')).toBe('depth')
    expect(problem(editor, 'car', 'a')).toBeNull()
    expect(problem(editor, 'car', 'b')).toBe('depth')
  })
})
