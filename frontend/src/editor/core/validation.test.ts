import { describe, expect, it } from 'vitest'
import { controlOf, openEditor } from '../testing/openEditor'
import { setAnswer } from './answers'
import type { Editor } from './editor'
import type { Json } from './json'
import { findSubmitProblem, isEmptyAnswer } from './validation'

const span = (id: string, label: string): Json => ({
  id,
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 2, labels: [label] },
})
const BASE =
  '<Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="A"/><Label value="B"/></Labels>' +
  '<Image name="pages" valueList="$p"/>'
const open = (config: string, result: readonly Json[] = []) =>
  openEditor({ config: `${BASE}${config}`, data: { text: 'ab cd', p: ['1.png', '2.png'] }, result })
function problem(editor: Editor) {
  const found = findSubmitProblem(editor)
  return found && [found.control.name, found.key, found.message, found.region, found.page]
}

describe('findSubmitProblem', () => {
  it('asks for required answers in document order, in the words of the config', () => {
    const editor = open(
      '<Rating name="a" toName="t" required="true" requiredMessage="Rate it."/><Rating name="b" toName="t" required="true"/>',
    )
    expect(problem(editor)).toEqual(['a', 'validation.required', 'Rate it.', null, null])
    setAnswer(editor, controlOf(editor, 'a'), 3)
    expect(problem(editor)).toEqual(['b', 'validation.required', undefined, null, null])
    setAnswer(editor, controlOf(editor, 'b'), 3)
    expect(problem(editor)).toBeNull()
  })

  it.each([
    ['Say how $who feels.', 'Say how Ann feels.'],
    ['$words.ask', 'Bitte sagen Sie es.'],
    ['A prize of $5 for $who!', 'A prize of $5 for $who!'],
  ])('puts what the task knows into the words of the config: %s', (written, message) => {
    const editor = openEditor({
      config: `<Text name="t" value="$t"/><Rating name="a" toName="t" required="true" requiredMessage="${written}"/>`,
      data: { t: 'a', who: 'Ann', words: { ask: 'Bitte sagen Sie es.' } },
    })
    expect(problem(editor)?.[2]).toBe(message)
  })

  it('asks for nothing that is not required', () =>
    expect(
      problem(open('<Rating name="a" toName="t"/><Choices name="c" toName="t"><Choice value="x"/></Choices>')),
    ).toBeNull())

  it('counts an empty list as no answer', () => {
    const editor = open('<Choices name="c" toName="t" required="true"><Choice value="x"/></Choices>')
    setAnswer(editor, controlOf(editor, 'c'), [])
    expect(problem(editor)?.[1]).toBe('validation.required')
  })

  it('asks for nothing that is not shown', () => {
    const editor = open(
      '<Choices name="c" toName="t"><Choice value="x"/></Choices><View visibleWhen="choice-selected" whenTagName="c" ' +
        'whenChoiceValue="x"><Rating name="a" toName="t" required="true"/></View>',
    )
    expect(problem(editor)).toBeNull()
    setAnswer(editor, controlOf(editor, 'c'), ['x'])
    expect(problem(editor)?.[0]).toBe('a')
  })

  it('names the region that lacks an answer, of those that are asked about', () => {
    const editor = open('<Rating name="a" toName="t" perRegion="true" required="true" whenLabelValue="B"/>', [
      span('r1', 'A'),
      span('r2', 'B'),
    ])
    expect(problem(editor)).toEqual(['a', 'validation.required', undefined, 'r2', null])
    editor.selection.select(['r2'])
    setAnswer(editor, controlOf(editor, 'a'), 2)
    expect(problem(editor)).toBeNull()
    expect(problem(open('<Rating name="a" toName="t" perRegion="true" required="true"/>'))).toBeNull()
  })

  it('names the page that lacks an answer', () => {
    const editor = open('<Rating name="a" toName="pages" perItem="true" required="true"/>')
    expect(problem(editor)?.[4]).toBe(0)
    setAnswer(editor, controlOf(editor, 'a'), 2)
    expect(problem(editor)?.[4]).toBe(1)
    editor.pages.set(new Map([['pages', 1]]))
    setAnswer(editor, controlOf(editor, 'a'), 2)
    expect(problem(editor)).toBeNull()
  })

  it('refuses several choices where one is allowed', () => {
    const choices = '<Choices name="c" toName="t"><Choice value="x"/><Choice value="y"/></Choices>'
    const editor = open(choices)
    setAnswer(editor, controlOf(editor, 'c'), ['x', 'y'])
    expect(problem(editor)?.slice(0, 2)).toEqual(['c', 'validation.tooMany'])
    const many = open(choices.replace('toName', 'choice="multiple" toName'))
    setAnswer(many, controlOf(many, 'c'), ['x', 'y'])
    expect(problem(many)).toBeNull()
  })
})

it('answers that say nothing', () => {
  expect([undefined, null, '', [], 0, false, 'x', [''], {}].map((answer) => isEmptyAnswer(answer))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ])
})
