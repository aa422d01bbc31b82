import { describe, expect, it } from 'vitest'
import { controlOf, openEditor } from '../../testing/openEditor'
import { addEntry, changeEntry, entriesOf, keepForRegion, mostEntries } from './entries'
import { TypingTime } from './typingTime'

const open = (attrs = '', text?: string | string[]) => {
  const result =
    text === undefined ? [] : [{ id: 'a', from_name: 'n', to_name: 't', type: 'textarea', value: { text } }]
  const editor = openEditor({ config: `<Text name="t" value="$x"/><TextArea name="n" toName="t" ${attrs}/>`, result })
  const control = controlOf(editor, 'n')
  return {
    editor,
    control,
    add: (entry: string) => addEntry(editor, control, entry),
    change: (at: number, entry: string) => changeEntry(editor, control, at, entry),
    entries: () => entriesOf(editor, control),
  }
}

describe('entries of a text area', () => {
  it('are added, changed and deleted', () => {
    const { add, change, entries, editor } = open()
    expect([add('one'), add('  '), add('two')]).toEqual([true, false, true])
    expect(entries()).toEqual(['one', 'two'])
    change(0, 'ONE')
    change(1, ' ')
    expect(entries()).toEqual(['ONE'])
    change(0, '')
    expect([entries(), editor.session.results()]).toEqual([[], []])
  })

  it('that are written as they were make no step', () => {
    const { change, editor } = open('', ['one'])
    change(0, 'one')
    expect(editor.session.history.canUndo).toBe(false)
  })

  it('may be one text in stored results', () => expect(open('', 'one').entries()).toEqual(['one']))

  it('are no more than allowed', () => {
    const { add, entries, control } = open('maxSubmissions="2"')
    expect([add('a'), add('b'), add('c'), entries()]).toEqual([true, true, false, ['a', 'b']])
    expect([mostEntries(control), mostEntries(open('maxSubmissions="many"').control)]).toEqual([
      2,
      Number.POSITIVE_INFINITY,
    ])
  })

  it('do not repeat where the config says so, whatever the case', () => {
    const { add, entries, editor } = open('skipDuplicates="true"', ['One'])
    expect([add('ONE'), add('two'), entries()]).toEqual([false, true, ['One', 'two']])
    expect(editor.notice.get()).toMatchObject({ key: 'textarea.duplicate', tone: 'warning' })
    expect(open('', ['One']).add('ONE')).toBe(true)
  })

  it('carry how long somebody typed', () => {
    const { editor, control } = open()
    addEntry(editor, control, 'x', { lead_time: 1.2 })
    expect(editor.session.results()[0]?.meta).toEqual({ lead_time: 1.2 })
  })
})

it('typing counts without its pauses', () => {
  const time = new TypingTime()
  for (const now of [0, 200, 500, 5000, 5400, 5901]) time.key(now)
  expect([time.take(), time.take()]).toEqual([0.9, 0])
  time.key(10_000)
  time.key(10_100)
  expect(time.take()).toBe(0.1)
})

describe('text that was typed for a region', () => {
  const open = (attrs = '') => {
    const editor = openEditor({
      config: `<Text name="t" value="$x"/><Labels name="l" toName="t"><Label value="A"/></Labels><TextArea name="n" toName="t" perRegion="true" ${attrs}/>`,
      data: { x: 'abc' },
      result: [
        {
          id: 'r',
          from_name: 'l',
          to_name: 't',
          type: 'labels',
          value: { start: 0, end: 1, text: 'a', labels: ['A'] },
        },
      ],
    })
    const keep = (text: string) => keepForRegion(editor, controlOf(editor, 'n'), 'r', text)
    const entries = () => editor.session.results().find((item) => item.from_name === 'n')?.value?.text
    return { editor, keep, entries }
  }

  it('goes to that region, though another one is selected by now', () => {
    const { keep, entries } = open()
    keep('one')
    keep('two')
    expect(entries()).toEqual(['one', 'two'])
  })

  it('is left out where the config or a lock says so', () => {
    const { editor, keep, entries } = open('maxSubmissions="1" skipDuplicates="true"')
    keep('one')
    keep('ONE')
    keep('two')
    expect(entries()).toEqual(['one'])
    editor.session.locked.set(new Set(['r']))
    keep('three')
    keepForRegion(editor, controlOf(editor, 'n'), 'gone', 'four')
    expect(entries()).toEqual(['one'])
  })
})
