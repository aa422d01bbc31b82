import { describe, expect, it } from 'vitest'
import { controlOf, openEditor, type TestTask } from '../testing/openEditor'
import type { Editor } from './editor'
import type { Json } from './json'
import { clickLabel } from './labeling'
import { isPrompt, keepAnswer, readSuggestions } from './modelAnswers'
import { boundsOf, provideView } from './views'

const CONFIG = `<RectangleLabels name="box" toName="image" smart="true"><Label value="Car"/></RectangleLabels>
  <Image name="image" value="$image"/><Text name="text" value="$text"/>
  <Labels name="ner" toName="text"><Label value="Person"/></Labels>
  <Labels name="plain" toName="text" smart="false"><Label value="Thing"/></Labels>
 <Chat name="chat" toName="chat" value="$chat"/>
  <Choices name="day" toName="image"><Choice value="Day"/><Choice value="Night"/></Choices>`
const box = (id: string, x: number, more = {}) => ({
  id,
  from_name: 'box',
  to_name: 'image',
  type: 'rectanglelabels',
  value: { x, y: 10, width: 20, height: 20, rotation: 0, rectanglelabels: ['Car'] },
  ...more,
})
const span = (id: string, from_name: string, label: string, more = {}) => ({
  id,
  from_name,
  to_name: 'text',
  type: 'labels',
  value: { start: 0, end: 3, text: 'Bob', labels: [label] },
  ...more,
})
const day = (choice: string) => ({
  id: 'd1',
  from_name: 'day',
  to_name: 'image',
  type: 'choices',
  value: { choices: [choice] },
})
const said = (id: string) => ({
  id,
  from_name: 'chat',
  to_name: 'chat',
  type: 'chatmessage',
  value: { chatmessage: { role: 'assistant', content: 'Hi' } },
})
const open = (result: TestTask['result'] = []) =>
  openEditor({ config: CONFIG, data: { image: 'i.png', text: 'Bob' }, result })
const region = (editor: Editor, id: string) =>
  editor.store.region(id) as NonNullable<ReturnType<typeof editor.store.region>>
const prediction = { origin: 'prediction' }

describe('a model’s answer', () => {
  it('waits where it can be shown; the rest is taken over as one step', () => {
    const editor = open([box('mine', 1), day('Day')])
    const answer = [box('a', 30, { score: 0.5 }), day('Night'), span('s', 'ner', 'Person'), said('c')]
    expect(readSuggestions(editor, answer).map(({ id }) => id)).toEqual(['a', 's'])
    keepAnswer(editor, [], answer)
    expect(editor.session.results()).toEqual([
      box('mine', 1),
      { ...day('Night'), ...prediction },
      { ...said('c'), ...prediction },
    ])
    editor.session.history.undo()
    expect(editor.session.results()).toEqual([box('mine', 1), day('Day')])
  })

  it('waits on the pages of a document, too', () => {
    const config = `<Pdf name="p" value="$p"/><OcrLabels name="ocr" toName="p"><Label value="Total"/></OcrLabels>`
    const editor = openEditor({ config, data: { p: 'bill.pdf' } })
    const total = (id: string, x: number) => ({
      id,
      from_name: 'ocr',
      to_name: 'p',
      type: 'ocrlabels',
      value: { x, y: 0.1, width: 0.1, height: 0.1, rotation: 0, pageIndex: 1, ocrlabels: ['Total'] },
    })
    const answer = [total('a', 0.1), total('b', 0.5)]
    const waiting = readSuggestions(editor, answer)
    expect(waiting.map(({ id }) => id)).toEqual(['a', 'b'])
    keepAnswer(editor, [], answer)
    expect(editor.session.results()).toEqual([])
    keepAnswer(editor, waiting.slice(0, 1), [])
    expect(editor.session.results()).toEqual([{ ...answer[0], ...prediction }])
  })

  it('keeps its own labels, whatever label is active', () => {
    const editor = open()
    clickLabel(editor, controlOf(editor, 'plain'), 'Thing')
    keepAnswer(editor, readSuggestions(editor, [span('s', 'ner', 'Person')]), [])
    expect(editor.session.results()).toEqual([span('s', 'ner', 'Person', prediction)])
  })

  it('accepted keeps its id and its score, and replaces a region of that id', () => {
    const editor = open([box('a', 1), box('b', 2)])
    keepAnswer(editor, readSuggestions(editor, [box('a', 30, { score: 0.5 })]), [])
    expect(editor.session.results()).toEqual([box('a', 30, { score: 0.5, ...prediction }), box('b', 2)])
  })

  it('never replaces a read-only region, nor changes what may only be looked at', () => {
    const fixed = box('fixed', 1, { readonly: true })
    const editor = open([fixed])
    keepAnswer(editor, readSuggestions(editor, [box('fixed', 50)]), [])
    expect(editor.session.results()).toEqual([fixed])
    const shown = openEditor({ config: CONFIG, info: { kind: 'prediction' } })
    keepAnswer(shown, readSuggestions(shown, [box('a', 50)]), [day('Day')])
    expect(shown.session.results()).toEqual([])
  })

  it('that says nothing here changes nothing', () => {
    const editor = open()
    const answer = [box('x', 3, { from_name: 'nobody', type: 'nonsense' }), 7, null, 'text'] as Json[]
    expect(readSuggestions(editor, answer)).toEqual([])
    keepAnswer(editor, [], answer)
    expect([editor.session.results(), editor.session.history.canUndo]).toEqual([[], false])
  })
})

it('regions of smart controls are questions where prompts cannot be drawn', () => {
  const said = span('said', 'ner', 'Person', prediction)
  const editor = open([span('s', 'ner', 'Person'), span('p', 'plain', 'Thing'), box('a', 1), said])
  const answers = ['s', 'p', 'a', 'said'].map((id) => isPrompt(editor, region(editor, id)))
  expect(answers).toEqual([true, false, false, false])
})

describe('places of regions', () => {
  const place = { left: 1, top: 2, width: 3, height: 4 }
  const view = { boundsOf: () => [place], frame: () => place, subscribe: () => () => {} }

  it('come from the view of their object; hidden ones have none', () => {
    const editor = open([box('a', 10)])
    expect(boundsOf(editor, region(editor, 'a'))).toEqual([])
    const end = provideView(editor, 'image', view)
    expect(boundsOf(editor, region(editor, 'a'))).toEqual([place])
    editor.session.hidden.set(new Set(['a']))
    expect(boundsOf(editor, region(editor, 'a'))).toEqual([])
    end()
    expect(editor.views.get().size).toBe(0)
  })

  it('a view that replaced another is not taken back with it', () => {
    const editor = open()
    const first = provideView(editor, 'image', { ...view })
    provideView(editor, 'image', view)
    first()
    expect(editor.views.get().get('image')).toBe(view)
  })
})
