import { describe, expect, it } from 'vitest'
import { labelSelection } from '../engines/text/spanSource'
import { textSource } from '../tags/text/source'
import { controlOf, openEditor, type TestTask } from '../testing/openEditor'
import { currentAnswer, setAnswer } from './answers'
import { clickLabel, labelNames, regionColor, shownLabels, usesOf } from './labeling'
import { nest } from './nesting'
import { noteOf, parentOf } from './region'
import { deleteRegions, duplicateSelected, link, pasteItems, setNote, toggleHidden } from './regionActions'
import { resultsToSubmit } from './submission'
import { findSubmitProblem } from './validation'
import { isShown } from './visibility'

const CONFIG =
  '<Labels name="l" toName="t" maxUsages="2"><Label value="Person" alias="PER" background="#ff0000"/><Label value="Place"/></Labels><Labels name="m" toName="t" choice="multiple"><Label value="a"/><Label value="b"/></Labels><Text name="t" value="$text"/>'
const TEXT = 'Alice 👋 met Bob\nin Paris'

function open(config = CONFIG, task: Partial<TestTask> = {}) {
  const editor = openEditor({ config, data: { text: TEXT }, ...task })
  const control = (name: string) => controlOf(editor, name)
  const select = (start: number, end: number) => {
    const node = editor.config.objects.get('t')?.node
    return node ? labelSelection(editor, textSource(node, TEXT), { start, end }) : false
  }
  const label = (name: string, word: string) => clickLabel(editor, control(name), word)
  const ids = () => editor.store.regions().map((region) => region.id)
  return { editor, control, select, label, ids }
}

describe('labeling text', () => {
  it('stores code points, aliases and line breaks as results want them', () => {
    const { editor, select, label } = open()
    label('l', 'PER')
    expect(select(9, 19)).toBe(true)
    expect(editor.session.results()).toMatchObject([
      {
        from_name: 'l',
        to_name: 't',
        type: 'labels',
        origin: 'manual',
        value: { start: 8, end: 18, text: 'met Bob\nin', labels: ['PER'] },
      },
    ])
    expect(labelNames(editor, editor.store.regions()[0] as never)).toEqual(['Person'])
    expect(regionColor(editor, editor.store.regions()[0] as never)).toBe('#ff0000')
  })

  it('makes nothing without an active label', () => {
    const { select, ids } = open()
    expect(select(0, 5)).toBe(false)
    expect(ids()).toEqual([])
  })

  it('makes one result for each labels tag that is active', () => {
    const { editor, select, label } = open()
    label('l', 'Place')
    label('m', 'a')
    label('m', 'b')
    select(0, 5)
    expect(editor.session.results().map(({ from_name, value }) => [from_name, value?.labels])).toEqual([
      ['l', ['Place']],
      ['m', ['a', 'b']],
    ])
  })

  it('relabels the selected region: single replaces, multiple toggles, the last label stays', () => {
    const { editor, select, label, ids } = open()
    label('l', 'PER')
    label('m', 'a')
    select(0, 5)
    editor.selection.select(ids())
    label('l', 'Place')
    label('m', 'b')
    expect(editor.session.results().map(({ value }) => value?.labels)).toEqual([['Place'], ['a', 'b']])
    label('m', 'a')
    label('l', 'Place')
    expect(shownLabels(editor, controlOf(editor, 'm'))).toEqual(['b'])
  })

  it('refuses a label that was used up, and says so', () => {
    const { editor, select, label, control, ids } = open()
    for (const start of [0, 9, 13]) {
      label('l', 'PER')
      select(start, start + 3)
    }
    expect(ids().length).toBe(2)
    expect(usesOf(editor, control('l'), 'PER')).toBe(2)
    expect(editor.notice.get()).toMatchObject({ key: 'labels.maxUsages', values: { label: 'PER', count: 2 } })
  })
})

describe('regions', () => {
  const three = () => {
    const opened = open()
    for (const start of [0, 9, 13]) {
      opened.label('m', 'a')
      opened.select(start, start + 3)
    }
    return opened
  }

  it('take links and children along when they are deleted, and come back by undo', () => {
    const { editor, ids } = three()
    const [a, b, c] = ids() as [string, string, string]
    nest(editor, b, a)
    nest(editor, c, b)
    nest(editor, a, c)
    link(editor, a, c)
    link(editor, a, c)
    const before = editor.session.results()
    expect(before.filter(({ type }) => type === 'relation').length).toBe(1)
    expect(ids().map((id) => parentOf(editor.store.region(id) as never))).toEqual([null, a, b])
    deleteRegions(editor, [b])
    expect(parentOf(editor.store.region(c) as never)).toBe(a)
    deleteRegions(editor, [a])
    expect(editor.session.results().map(({ id }) => id)).toEqual([c])
    expect(parentOf(editor.store.region(c) as never)).toBeNull()
    editor.session.history.undo()
    editor.session.history.undo()
    expect(editor.session.results()).toEqual(before)
  })

  it('are duplicated and pasted under new ids', () => {
    const { editor, ids } = three()
    editor.selection.select(ids().slice(0, 2))
    duplicateSelected(editor)
    expect(ids().length).toBe(5)
    expect(new Set(ids()).size).toBe(5)
    expect(editor.selection.get().size).toBe(2)
    expect(pasteItems(editor, [{ id: 'x', from_name: 'nobody', to_name: 't', type: 'labels', value: {} }, 7])).toBe(0)
  })

  it('carry a note in every item', () => {
    const { editor, ids } = three()
    setNote(editor, ids()[0] as string, 'look')
    expect(editor.session.results()[0]?.meta).toEqual({ text: ['look'] })
    setNote(editor, ids()[0] as string, '')
    expect(noteOf(editor.store.regions()[0] as never)).toBe('')
    expect(editor.session.results()[0]).not.toHaveProperty('meta')
  })

  it('are hidden together, then shown together', () => {
    const { editor, ids } = three()
    toggleHidden(editor, ids().slice(0, 1))
    toggleHidden(editor, ids())
    expect(editor.session.hidden.get().size).toBe(3)
    toggleHidden(editor, ids())
    expect(editor.session.hidden.get().size).toBe(0)
  })
})

describe('conditions', () => {
  const config =
    '<Text name="t" value="$text"/><Labels name="l" toName="t"><Label value="A"/><Label value="B"/></Labels><Choices name="c" toName="t"><Choice value="Yes" alias="y"/><Choice value="No"/></Choices><View visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="Yes"><Choices name="why" toName="t" required="true"><Choice value="x"/></Choices></View><Choices name="p" toName="t" perRegion="true" whenLabelValue="B" required="true"><Choice value="sure"/></Choices><Choices name="none" toName="t" visibleWhen="no-region-selected"><Choice value="z"/></Choices>'

  it('show a tag by a choice, by value or alias; hidden answers stay but are not submitted nor required', () => {
    const { editor, control } = open(config)
    expect(isShown(editor, control('why').node)).toBe(false)
    expect(findSubmitProblem(editor)).toBeNull()
    setAnswer(editor, control('c'), ['y'])
    expect(isShown(editor, control('why').node)).toBe(true)
    expect(findSubmitProblem(editor)).toMatchObject({ key: 'validation.required', values: { name: 'why' } })
    setAnswer(editor, control('why'), ['x'])
    setAnswer(editor, control('c'), ['No'])
    expect(resultsToSubmit(editor).map(({ from_name }) => from_name)).toEqual(['c'])
    expect(currentAnswer(editor, control('why'))).toEqual(['x'])
    setAnswer(editor, control('c'), ['y'])
    expect(resultsToSubmit(editor).map(({ from_name }) => from_name)).toEqual(['c', 'why'])
  })

  it('ask about a region only while it is the one selected and has the label', () => {
    const { editor, control, select, label, ids } = open(config)
    label('l', 'A')
    select(0, 5)
    label('l', 'B')
    select(9, 12)
    const shown = () => isShown(editor, control('p').node)
    expect(shown()).toBe(false)
    editor.selection.select([ids()[0] as string])
    expect([shown(), isShown(editor, control('none').node)]).toEqual([false, false])
    editor.selection.select([ids()[1] as string])
    expect(shown()).toBe(true)
    expect(findSubmitProblem(editor)).toMatchObject({ region: ids()[1], values: { name: 'p' } })
    setAnswer(editor, control('p'), ['sure'])
    expect(findSubmitProblem(editor)).toBeNull()
    expect(editor.session.results().at(-1)).toMatchObject({
      id: ids()[1],
      from_name: 'p',
      value: { start: 8, end: 11, choices: ['sure'] },
    })
    editor.selection.select(ids())
    expect(shown()).toBe(false)
  })
})
