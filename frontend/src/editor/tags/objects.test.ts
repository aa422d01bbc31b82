import { describe, expect, it } from 'vitest'
import { findSubmitProblem } from '../core/validation'
import { filterWords, isFound } from '../core/wordFilter'
import { bind, controlOf, openEditor } from '../testing/openEditor'
import { addedMessages, addMessage, changeMessage, mayEdit, rolesOf } from './chat/messages'
import { readCell } from './csv'
import { readItems } from './listItems'
import { prefer } from './pairwise/PairSide'
import { copyOf, pageCount, readPageSize, wantedCopy } from './repeater/paging'
import { decodeText, readResolver } from './richValue'
import { tableKind, tableRows } from './table/tableRows'

const nodeOf = (config: string, name: string, data = {}) => {
  const node = bind(config, data).nodes.find(({ attrs }) => attrs.name === name)
  if (!node) throw new Error(`There is no tag ${name}.`)
  return node
}

describe('tables', () => {
  const words = { name: 'Name', value: 'Value', index: 'Index' }
  const kind = (valueType = 'json') => tableKind(nodeOf(`<Table name="t" value="$d" valueType="${valueType}"/>`, 't'))

  it.each([
    [
      'json',
      { b: 1, A: { x: [2] } },
      {
        columns: ['Name', 'Value'],
        rows: [
          ['A', '{"x":[2]}'],
          ['b', '1'],
        ],
      },
    ],
    ['json', '{"a": 1}', { columns: ['Name', 'Value'], rows: [['a', '1']] }],
    [
      'json',
      [{ a: 1 }, { b: 2 }],
      {
        columns: ['a', 'b'],
        rows: [
          ['1', ''],
          ['', '2'],
        ],
      },
    ],
    [
      'json',
      ['x', null],
      {
        columns: ['Index', 'Value'],
        rows: [
          ['0', 'x'],
          ['1', ''],
        ],
      },
    ],
    ['json', 'plain', { columns: ['Value'], rows: [['plain']] }],
    ['csv', 'a,b\n1,"two, three"', { columns: ['a', 'b'], rows: [['1', 'two, three']] }],
    [
      'csv|separator=;|headless',
      '1;2\n3;4',
      {
        columns: ['0', '1'],
        rows: [
          ['1', '2'],
          ['3', '4'],
        ],
      },
    ],
    ['csv', '', { columns: [], rows: [] }],
  ])('%s of %o', (valueType, data, rows) => expect(tableRows(data, kind(valueType), words)).toEqual(rows))

  it('know whether they have to be fetched', () =>
    expect([kind('csv|url').isUrl, kind('csv').isUrl]).toEqual([true, false]))
})

describe('texts from elsewhere', () => {
  it('one cell of a CSV file', () => {
    const resolver = readResolver('csv|column=text|separator=;')
    expect(resolver && readCell('id;text\n1;"a;b"\n2;c', resolver)).toBe('a;b')
    const headless = readResolver('csv|column=1|headless')
    expect(headless && readCell('1,first', headless)).toBe('first')
    expect(resolver && readCell('id\n1', resolver)).toBeNull()
    expect([readResolver(undefined), readResolver('json|a')]).toEqual([null, null])
  })

  it('encoded ones; what is not encoded stays as it is', () => {
    const node = (encoding: string) => nodeOf(`<Text name="t" value="$t" encoding="${encoding}"/>`, 't')
    expect(decodeText(node('base64'), btoa('caf\u00e9'))).toBe('café')
    expect(decodeText(node('base64unicode'), btoa(String.fromCharCode(...new TextEncoder().encode('👋 é'))))).toBe(
      '👋 é',
    )
    expect(decodeText(node('base64'), 'no base64!')).toBe('no base64!')
  })

  it('cards have ids as text; the first of two with one id counts', () =>
    expect(
      readItems([{ id: 1, title: 'a' }, { id: '1', title: 'b' }, 'c', { body: 'd' }]).map(({ id, title, body }) => [
        id,
        title,
        body,
      ]),
    ).toEqual([
      ['1', 'a', ''],
      ['2', 'c', ''],
      ['3', '', 'd'],
    ]))
})

describe('a comparison', () => {
  it('stores its own name as object; a second click takes it back', () => {
    const editor = openEditor({
      config: '<Text name="a" value="$a"/><Text name="b" value="$b"/><Pairwise name="pw" toName="a,b"/>',
      data: { a: '1', b: '2' },
    })
    const control = controlOf(editor, 'pw')
    prefer(editor, control, 'right')
    expect(editor.session.results()).toMatchObject([
      { from_name: 'pw', to_name: 'pw', type: 'pairwise', value: { selected: 'right' } },
    ])
    prefer(editor, control, 'right')
    expect(editor.session.results()).toEqual([])
  })
})

describe('a chat', () => {
  const open = (attrs = '', result: never[] = []) => {
    const editor = openEditor({
      config: `<Chat name="chat" value="$m" toName="chat" ${attrs}/><Choices name="c" toName="chat" perRegion="true"><Choice value="x"/></Choices>`,
      data: { m: [{ role: 'user', content: 'Hi' }] },
      result,
    })
    return { editor, control: controlOf(editor, 'chat') }
  }

  it('takes messages as regions; all of them, each by itself', () => {
    const { editor, control } = open()
    expect([addMessage(editor, control, 'user', 'One'), addMessage(editor, control, 'assistant', ' ')]).toEqual([
      true,
      false,
    ])
    addMessage(editor, control, 'assistant', 'Two')
    expect(editor.session.results().map(({ type, to_name, value }) => [type, to_name, value?.chatmessage])).toEqual([
      ['chatmessage', 'chat', { role: 'user', content: 'One', createdAt: 0 }],
      ['chatmessage', 'chat', { role: 'assistant', content: 'Two', createdAt: 0 }],
    ])
  })

  it('changes a message without losing what else it holds', () => {
    const stored = [
      {
        id: 'm',
        from_name: 'chat',
        to_name: 'chat',
        type: 'chatmessage',
        value: { chatmessage: { role: 'user', content: 'a', model: 'x' } },
      },
    ]
    const { editor, control } = open('editable="user"', stored as never[])
    const [message] = addedMessages(editor, control)
    if (!message) throw new Error('There is no message.')
    expect(mayEdit(editor, control.node, message)).toBe(true)
    changeMessage(editor, message, 'b')
    expect(editor.session.results()[0]?.value).toEqual({ chatmessage: { role: 'user', content: 'b', model: 'x' } })
    expect(mayEdit(open('').editor, open('').control.node, message)).toBe(false)
  })

  it('holds to its numbers of messages', () => {
    const { editor, control } = open('minMessages="2" maxMessages="2" messageRoles="judge"')
    expect(findSubmitProblem(editor)).toMatchObject({ key: 'chat.few', values: { count: 1, least: 2 } })
    addMessage(editor, control, 'judge', 'ok')
    expect([findSubmitProblem(editor), addMessage(editor, control, 'judge', 'more'), rolesOf(control.node)]).toEqual([
      null,
      false,
      ['judge'],
    ])
  })
})

describe('repeated tags', () => {
  const open = () =>
    openEditor({
      config:
        '<Repeater on="$list" mode="pagination"><Text name="t_{{idx}}" value="$list[{{idx}}]"/><Choices name="c_{{idx}}" toName="t_{{idx}}"><Choice value="x"/></Choices></Repeater><Labels name="l" toName="t_1"><Label value="A"/></Labels>',
      data: { list: ['a', 'b', 'c'] },
      result: [{ id: 'r', from_name: 'l', to_name: 't_1', type: 'labels', value: { start: 0, end: 1, labels: ['A'] } }],
    })

  it('turn to the page of the selected region, or of the control that lacks an answer', () => {
    const editor = open()
    const node = editor.config.nodes.find(({ tag }) => tag === 'Repeater')
    if (!node) throw new Error('There is no Repeater.')
    expect([wantedCopy(editor, node), copyOf(node, 'c_2'), copyOf(node, 'l')]).toEqual([-1, 2, -1])
    editor.selection.select(['r'])
    expect(wantedCopy(editor, node)).toBe(1)
    editor.problem.set({ control: 'c_2', region: null, text: 'x' })
    expect(wantedCopy(editor, node)).toBe(2)
    expect([pageCount(node, 1), pageCount(node, 2), pageCount(node, 100)]).toEqual([3, 2, 1])
  })

  it.each([
    ['5', 5],
    ['7', 1],
    [null, 1],
    ['x', 1],
  ])('pages of %s hold %i', (stored, size) => expect(readPageSize(stored)).toBe(size))
})

it('a search leaves the words that hold it', () => {
  const editor = openEditor({
    config:
      '<Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="Map"/><Choice value="atlas" alias="A"/></Choices>',
    data: { t: '' },
  })
  const control = controlOf(editor, 'c')
  const found = () => control.words.filter((word) => isFound(editor, control, word)).map((word) => word.shown)
  filterWords(editor, control, { text: 'AT', isCaseSensitive: false })
  expect(found()).toEqual(['atlas'])
  filterWords(editor, control, { text: 'AT', isCaseSensitive: true })
  expect(found()).toEqual([])
  filterWords(editor, control, null)
  expect(found()).toEqual(['Map', 'atlas'])
})
