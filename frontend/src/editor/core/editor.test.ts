import { describe, expect, it } from 'vitest'
import { TAGS } from '../tags/registry'
import { bind, controlOf, NEW_ANNOTATION, openEditor } from '../testing/openEditor'
import { setAnswer } from './answers'
import { presetResults } from './editor'
import type { Json } from './json'
import { setNote } from './regionActions'

const span: Json = {
  id: 'r1',
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 1, labels: ['A'] },
}
const CONFIG =
  '<Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="A"/><Label value="B" selected="true"/></Labels>' +
  '<Rating name="r" toName="t"/>'
const open = (info = {}) => openEditor({ config: CONFIG, data: { text: 'ab' }, result: [span], info })

describe('Editor', () => {
  it('makes preselected labels active', () => {
    expect([...open().activeLabels.get()]).toEqual([['lab', ['B']]])
  })

  it('changes nothing in what may only be looked at', () => {
    const editor = open({ kind: 'prediction' })
    editor.change('x', [['r1', editor.store.get('r1') ?? null, null]])
    editor.dispatch([['r1', editor.store.get('r1') ?? null, null]])
    expect(editor.session.results()).toEqual([span])
  })

  it('tells everybody who listens, each as often as asked, until they end it', () => {
    const editor = open()
    const told: string[] = []
    const say = () => told.push('twice')
    const ends = [editor.subscribe(() => told.push('once')), editor.subscribe(say), editor.subscribe(say)]
    editor.hovered.set('r1')
    expect(told.splice(0)).toEqual(['once', 'twice', 'twice'])
    ends[1]?.()
    editor.selection.select(['r1'])
    expect(told.splice(0)).toEqual(['once', 'twice'])
    for (const end of ends) end()
    editor.hovered.set(null)
    expect(told).toEqual([])
    const end = editor.subscribe(() => told.push('again'))
    editor.open(editor.openResults({ ...NEW_ANNOTATION, key: 'annotation:2', id: 2 }, []))
    expect(told.splice(0).every((word) => word === 'again')).toBe(true)
    editor.selection.select(['r9'])
    expect(told.splice(0)).toEqual(['again'])
    end()
    editor.selection.clear()
    expect(told).toEqual([])
  })

  it('keeps steps, selection and results of every open annotation apart', () => {
    const editor = open()
    const first = editor.session
    editor.selection.select(['r1'])
    setNote(editor, 'r1', 'hi')
    const second = editor.openResults({ ...NEW_ANNOTATION, key: 'annotation:2', id: 2 }, [])
    editor.linkingFrom.set('r1')
    editor.open(second)
    expect([editor.sessions.get(), editor.linkingFrom.get()]).toEqual([[first, second], null])
    expect([editor.selection.get().size, editor.session.history.canUndo, editor.store.all()]).toEqual([0, false, []])
    editor.open(first)
    expect([editor.selection.only(), editor.session.history.canUndo]).toEqual(['r1', true])
    expect(editor.sessions.get()).toHaveLength(2)
  })

  it('tells of every change, in the annotation that is shown', () => {
    const editor = open()
    let calls = 0
    const end = editor.subscribe(() => {
      calls += 1
    })
    const told = (act: () => void) => {
      calls = 0
      act()
      return calls > 0
    }
    const first = editor.session
    const second = editor.openResults({ ...NEW_ANNOTATION, key: 'annotation:2' }, [])
    expect(told(() => setAnswer(editor, controlOf(editor, 'r'), 2))).toBe(true)
    expect(told(() => editor.selection.select(['r1']))).toBe(true)
    expect(told(() => editor.activeLabels.set(new Map()))).toBe(true)
    expect(told(() => editor.tell('x'))).toBe(true)
    expect(told(() => editor.open(second))).toBe(true)
    expect(told(() => first.selection.clear())).toBe(false)
    expect(told(() => setAnswer(editor, controlOf(editor, 'r'), 2))).toBe(true)
    end()
    expect(told(() => setAnswer(editor, controlOf(editor, 'r'), 3))).toBe(false)
  })

  it('knows the controls of an object, and the page of it that is shown', () => {
    const editor = open()
    expect(editor.controlsOf('t').map(({ name }) => name)).toEqual(['lab', 'r'])
    expect([editor.controlsOf('none'), editor.pageOf('t'), editor.surroundingsOf('t')]).toEqual([[], 0, {}])
  })
})

describe('an annotation', () => {
  it('differs from what was submitted exactly while it does', () => {
    const { session } = open({ key: 'annotation:9', id: 9 })
    const editor = open({ key: 'annotation:9', id: 9 })
    expect(session.isChanged).toBe(false)
    setNote(editor, 'r1', 'hi')
    expect(editor.session.isChanged).toBe(true)
    editor.session.history.undo()
    expect(editor.session.isChanged).toBe(false)
    expect(open().session.isChanged).toBe(true)
  })

  it('unselects regions that are gone', () => {
    const editor = open()
    editor.selection.select(['r1'])
    editor.change('delete', [['r1', editor.store.get('r1') ?? null, null]])
    expect([...editor.selection.get()]).toEqual([])
  })
})

it('a new annotation begins with the choices that the config selects', () => {
  const preset = (config: string) =>
    presetResults(bind(`<Text name="t" value="$x"/>${config}`), TAGS).map(({ from_name, to_name, type, value }) => [
      from_name,
      to_name,
      type,
      value,
    ])
  const choices =
    '<Choice value="a"/><Choice value="B" alias="b" selected="true"/><Choice value="c" selected="true"/></Choices>'
  expect(preset(`<Choices name="one" toName="t">${choices}`)).toEqual([['one', 't', 'choices', { choices: ['b'] }]])
  expect(preset(`<Choices name="many" toName="t" choice="multiple">${choices}`)).toEqual([
    ['many', 't', 'choices', { choices: ['b', 'c'] }],
  ])
  expect(preset(`<Choices name="each" toName="t" perRegion="true">${choices}`)).toEqual([])
})
