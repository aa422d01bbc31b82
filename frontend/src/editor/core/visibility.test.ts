import { describe, expect, it } from 'vitest'
import { controlOf, openEditor } from '../testing/openEditor'
import { setAnswer } from './answers'
import type { Editor } from './editor'
import type { Json } from './json'
import { resultsToSubmit } from './submission'
import type { TagNode } from './taskConfig'
import { isLeftOut, isShown } from './visibility'

const span = (id: string, label: string): Json => ({
  id,
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 1, labels: [label] },
})
const BASE =
  '<Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="A"/><Label value="B"/></Labels>' +
  '<Choices name="kind" toName="t" choice="multiple"><Choice value="News" alias="n"/><Choice value="Blog"/></Choices>'
const open = (config: string, result: readonly Json[] = []) =>
  openEditor({ config: `${BASE}${config}`, data: { text: 'some text' }, result })
const shows = (editor: Editor, name: string) => isShown(editor, controlOf(editor, name).node)
const choose = (editor: Editor, ...words: string[]) =>
  setAnswer(editor, controlOf(editor, 'kind'), words.length === 0 ? undefined : words)

describe('choice-selected', () => {
  const view = (attrs: string) => `<View visibleWhen="choice-selected" ${attrs}><Rating name="r" toName="t"/></View>`

  it.each([
    ['whenTagName="kind"', true],
    ['whenTagName="kind" whenChoiceValue="Blog"', true],
    ['whenTagName="kind" whenChoiceValue="News,Blog"', true],
    ['whenTagName="kind" whenChoiceValue="News"', false],
    ['whenTagName="lab" whenChoiceValue="Blog"', false],
    ['whenTagName="none"', false],
    ['whenChoiceValue="Blog"', true],
  ])('%s', (attrs, expected) => {
    const editor = open(view(attrs))
    expect(shows(editor, 'r')).toBe(false)
    choose(editor, 'Blog')
    expect(shows(editor, 'r')).toBe(expected)
    choose(editor)
    expect(shows(editor, 'r')).toBe(false)
  })

  it('knows a choice by its shown text and by its alias', () => {
    for (const value of ['News', 'n']) {
      const editor = open(view(`whenTagName="kind" whenChoiceValue="${value}"`))
      choose(editor, 'n')
      expect(shows(editor, 'r')).toBe(true)
    }
  })

  it('is turned round by choice-unselected', () => {
    const editor = open(
      '<View visibleWhen="choice-unselected" whenTagName="kind" whenChoiceValue="Blog"><Rating name="r" toName="t"/></View>',
    )
    expect(shows(editor, 'r')).toBe(true)
    choose(editor, 'Blog')
    expect(shows(editor, 'r')).toBe(false)
  })

  it('counts no choice of a control that is hidden itself', () => {
    const editor = open(
      '<View visibleWhen="choice-selected" whenTagName="kind" whenChoiceValue="Blog"><Choices name="sub" toName="t"><Choice value="x"/></Choices></View>' +
        '<View visibleWhen="choice-selected" whenTagName="sub" whenChoiceValue="x"><Rating name="r" toName="t"/></View>',
    )
    choose(editor, 'Blog')
    setAnswer(editor, controlOf(editor, 'sub'), ['x'])
    expect(shows(editor, 'r')).toBe(true)
    choose(editor, 'n')
    expect([shows(editor, 'sub'), shows(editor, 'r')]).toEqual([false, false])
  })

  it('takes the end of a path in a taxonomy', () => {
    const editor = open(
      '<Taxonomy name="tax" toName="t"><Choice value="a"><Choice value="b"/></Choice></Taxonomy>' +
        '<View visibleWhen="choice-selected" whenTagName="tax" whenChoiceValue="b"><Rating name="r" toName="t"/></View>',
    )
    setAnswer(editor, controlOf(editor, 'tax'), [['a', 'b']])
    expect(shows(editor, 'r')).toBe(true)
  })
})

describe('region-selected', () => {
  const rating = (attrs: string) => `<View visibleWhen="region-selected" ${attrs}><Rating name="r" toName="t"/></View>`

  it.each([
    ['', true],
    ['whenLabelValue="A"', true],
    ['whenLabelValue="B"', false],
    ['whenTagName="lab"', true],
    ['whenTagName="t"', true],
    ['whenTagName="kind"', false],
  ])('%s', (attrs, expected) => {
    const editor = open(rating(attrs), [span('r1', 'A')])
    expect(shows(editor, 'r')).toBe(false)
    editor.selection.select(['r1'])
    expect(shows(editor, 'r')).toBe(expected)
  })

  it('is turned round by no-region-selected', () => {
    const editor = open('<View visibleWhen="no-region-selected"><Rating name="r" toName="t"/></View>', [
      span('r1', 'A'),
    ])
    expect(shows(editor, 'r')).toBe(true)
    editor.selection.select(['r1'])
    expect(shows(editor, 'r')).toBe(false)
  })
})

describe('conditions on the selected region', () => {
  it.each([
    ['whenLabelValue="PER"', true],
    ['whenLabelValue="Person"', true],
    ['whenLabelValue="Place"', false],
    ['whenTagName="lab" whenLabelValue="Person"', true],
    ['whenTagName="other" whenLabelValue="Person"', false],
  ])('name labels as they are shown or stored: %s', (attrs, expected) => {
    const editor = openEditor({
      config: `<Text name="t" value="$t"/><Labels name="lab" toName="t"><Label value="Person" alias="PER"/><Label value="Place"/></Labels><Labels name="other" toName="t"><Label value="X"/></Labels><View visibleWhen="region-selected" ${attrs}><Rating name="r" toName="t"/></View>`,
      data: { t: 'some text' },
      result: [span('r1', 'PER')],
    })
    editor.selection.select(['r1'])
    expect(shows(editor, 'r')).toBe(expected)
  })

  it.each([
    ['assistant', true],
    ['tool, assistant', true],
    ['user', false],
  ])('name roles of messages: %s', (roles, expected) => {
    const message = { role: 'assistant', content: 'Hi' }
    const editor = openEditor({
      config: `<Chat name="c" toName="c" value="$m"/><View visibleWhen="region-selected" whenRole="${roles}"><Rating name="r" toName="c"/></View>`,
      data: { m: [] },
      result: [{ id: 'm1', from_name: 'c', to_name: 'c', type: 'chatmessage', value: { chatmessage: message } }],
    })
    expect(shows(editor, 'r')).toBe(false)
    editor.selection.select(['m1'])
    expect(shows(editor, 'r')).toBe(expected)
  })

  it('that name roles hold for no other regions', () => {
    const editor = open('<View visibleWhen="region-selected" whenRole="user"><Rating name="r" toName="t"/></View>', [
      span('r1', 'A'),
    ])
    editor.selection.select(['r1'])
    expect(shows(editor, 'r')).toBe(false)
  })
})

describe('a per-region control', () => {
  const editor = open('<Rating name="r" toName="t" perRegion="true" whenLabelValue="A"/>', [
    span('r1', 'A'),
    span('r2', 'B'),
  ])

  it.each([
    [[], false],
    [['r1'], true],
    [['r2'], false],
    [['r1', 'r2'], false],
  ])('with %o selected', (ids, expected) => {
    editor.selection.select(ids)
    expect(shows(editor, 'r')).toBe(expected)
  })
})

describe('resultsToSubmit', () => {
  const config =
    '<View visibleWhen="choice-selected" whenTagName="kind" whenChoiceValue="Blog"><Rating name="r" toName="t"/></View>'

  it('leaves out answers that other answers hide, and keeps them in the editor', () => {
    const editor = open(config)
    choose(editor, 'Blog')
    setAnswer(editor, controlOf(editor, 'r'), 3)
    expect(resultsToSubmit(editor).map((item) => item.from_name)).toEqual(['kind', 'r'])
    choose(editor, 'n')
    expect(isLeftOut(editor, controlOf(editor, 'r'))).toBe(true)
    expect(resultsToSubmit(editor).map((item) => item.from_name)).toEqual(['kind'])
    choose(editor, 'Blog')
    expect(resultsToSubmit(editor).map((item) => item.from_name)).toEqual(['kind', 'r'])
  })

  it('keeps answers of controls that only a selection hides', () => {
    const editor = open('<View visibleWhen="no-region-selected"><Rating name="r" toName="t"/></View>', [
      span('r1', 'A'),
    ])
    setAnswer(editor, controlOf(editor, 'r'), 3)
    editor.selection.select(['r1'])
    expect(resultsToSubmit(editor).map((item) => item.from_name)).toEqual(['lab', 'r'])
  })

  it('leaves out per-region answers that the labels of the region no longer ask for', () => {
    const answer = (id: string): Json => ({
      id,
      from_name: 'r',
      to_name: 't',
      type: 'rating',
      value: { start: 0, end: 1, rating: 2 },
    })
    const editor = open('<Rating name="r" toName="t" perRegion="true" whenLabelValue="A"/>', [
      span('r1', 'A'),
      answer('r1'),
      span('r2', 'B'),
      answer('r2'),
    ])
    expect(resultsToSubmit(editor).map((item) => [item.id, item.from_name])).toEqual([
      ['r1', 'lab'],
      ['r1', 'r'],
      ['r2', 'lab'],
    ])
  })
})

it('a tag is shown only if all tags around it are', () => {
  const editor = open('<View visibleWhen="region-selected"><View><Header value="x"/></View></View>', [span('r1', 'A')])
  const header = editor.config.nodes.find((node) => node.tag === 'Header') as TagNode
  expect(isShown(editor, header)).toBe(false)
  editor.selection.select(['r1'])
  expect(isShown(editor, header)).toBe(true)
})
