import { describe, expect, it } from 'vitest'
import { currentAnswer } from '../../core/answers'
import { presetResults } from '../../core/editor'
import { controlOf, openEditor } from '../../testing/openEditor'
import { rate, rateOneMore } from '../rating/RatingTag'
import { addEntry, changeEntry, entriesOf } from '../textarea/entries'
import { TypingTime } from '../textarea/typingTime'
import { choose, treeState } from './choosing'

const open = (
  attrs: string,
  children = '<Choice value="One" alias="1"/><Choice value="Two"/><Choice value="Off" readonly="true"/>',
  result: never[] = [],
) => {
  const editor = openEditor({
    config: `<Text name="t" value="$text"/><Choices name="c" toName="t" ${attrs}>${children}</Choices>`,
    data: { text: 'x' },
    result,
  })
  const control = controlOf(editor, 'c')
  const word = (name: string) => {
    const found = control.words.find((candidate) => candidate.word === name)
    if (!found) throw new Error(`There is no choice ${name}.`)
    return found
  }
  return {
    editor,
    control,
    word,
    click: (name: string) => choose(editor, control, word(name)),
    answer: () => currentAnswer(editor, control),
  }
}

describe('choices', () => {
  it('single: replaces, and clears by a second click', () => {
    const { click, answer } = open('')
    click('1')
    expect(answer()).toEqual(['1'])
    click('Two')
    expect(answer()).toEqual(['Two'])
    click('Two')
    expect(answer()).toBeUndefined()
  })

  it('single-radio: a second click changes nothing', () => {
    const { click, answer } = open('choice="single-radio"')
    click('1')
    click('1')
    expect(answer()).toEqual(['1'])
  })

  it('multiple: keeps the order of the config', () => {
    const { click, answer } = open('choice="multiple"')
    click('Two')
    click('1')
    expect(answer()).toEqual(['1', 'Two'])
  })

  it('leaves read-only choices alone', () => {
    const { click, answer } = open('choice="multiple"')
    click('Off')
    expect(answer()).toBeUndefined()
  })

  it('keeps stored words that the config no longer offers', () => {
    const stored = [{ id: 'c1', from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['Old'] } }] as never[]
    const { click, answer } = open('choice="multiple"', undefined, stored)
    click('Two')
    expect(answer()).toEqual(['Two', 'Old'])
  })

  it('presets new annotations', () => {
    const { editor } = open('', '<Choice value="A"/><Choice value="B" selected="true"/>')
    expect(presetResults(editor.config, editor.registry)).toMatchObject([
      { from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['B'] } },
    ])
  })

  it('nested: ticks all leaves below, stores paths, and a parent whose leaves are all ticked', () => {
    const tree = '<Choice value="P" alias="p"><Choice value="a"/><Choice value="b"/></Choice><Choice value="q"/>'
    const { editor, control, word, click, answer } = open('choice="multiple" allowNested="true"', tree)
    click('a')
    expect(answer()).toEqual([['p', 'a']])
    expect(treeState(editor, control, word('p'))).toBe('some')
    click('b')
    expect(answer()).toEqual([['p'], ['p', 'a'], ['p', 'b']])
    expect(treeState(editor, control, word('p'))).toBe('on')
    click('p')
    expect(answer()).toBeUndefined()
  })
})

describe('text entries', () => {
  const area = (attrs = '') => {
    const editor = openEditor({
      config: `<Text name="t" value="$text"/><TextArea name="a" toName="t" ${attrs}/>`,
      data: { text: 'x' },
    })
    return { editor, control: controlOf(editor, 'a') }
  }

  it('are added, changed and deleted', () => {
    const { editor, control } = area()
    expect([
      addEntry(editor, control, 'one'),
      addEntry(editor, control, ' '),
      addEntry(editor, control, 'two', { lead_time: 2 }),
    ]).toEqual([true, false, true])
    changeEntry(editor, control, 0, 'ONE')
    expect(entriesOf(editor, control)).toEqual(['ONE', 'two'])
    expect(editor.session.results()[0]).toMatchObject({ value: { text: ['ONE', 'two'] }, meta: { lead_time: 2 } })
    changeEntry(editor, control, 0, '')
    changeEntry(editor, control, 0, '')
    expect(editor.session.results()).toEqual([])
  })

  it('stop at maxSubmissions and refuse duplicates where the config says so', () => {
    const { editor, control } = area('maxSubmissions="2" skipDuplicates="true"')
    addEntry(editor, control, 'one')
    expect(addEntry(editor, control, 'ONE')).toBe(false)
    expect(editor.notice.get()?.key).toBe('textarea.duplicate')
    addEntry(editor, control, 'two')
    expect(addEntry(editor, control, 'three')).toBe(false)
  })

  it('measure bursts of typing', () => {
    const time = new TypingTime()
    for (const at of [0, 200, 600, 5000, 5100]) time.key(at)
    expect(time.take()).toBeCloseTo(0.7)
    expect(time.take()).toBe(0)
  })
})

describe('rating', () => {
  it('sets, clears by the same star, and its key wraps to none', () => {
    const editor = openEditor({
      config: '<Text name="t" value="$text"/><Rating name="r" toName="t" maxRating="2"/>',
      data: { text: 'x' },
    })
    const control = controlOf(editor, 'r')
    rate(editor, control, 2)
    expect(editor.session.results()).toMatchObject([{ type: 'rating', value: { rating: 2 } }])
    rate(editor, control, 2)
    expect(editor.session.results()).toEqual([])
    for (let press = 0; press < 2; press += 1) rateOneMore(editor, control, 2)
    expect(currentAnswer(editor, control)).toBe(2)
    rateOneMore(editor, control, 2)
    expect(currentAnswer(editor, control)).toBeUndefined()
  })
})
