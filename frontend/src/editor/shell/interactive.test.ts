import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ResultItem } from '../core/document'
import type { Json, JsonObject } from '../core/json'
import { deleteRegions } from '../core/regionActions'
import { FakeClock } from '../testing/FakeClock'
import { openEditor } from '../testing/openEditor'
import { ASK_AFTER_MS, connectModel } from './interactive'
import type { EditorProps } from './props'

const CONFIG = `<Text name="t" value="$t"/>
  <Labels name="ner" toName="t"><Label value="Person"/><Label value="Place"/></Labels>`
const span = (id: string, label: string, more: JsonObject = {}): JsonObject => ({
  id,
  from_name: 'ner',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 3, text: 'Bob', labels: [label] },
  origin: 'manual',
  ...more,
})

function begin(answer: () => Promise<readonly Json[]>, { isOn = true, always = false } = {}) {
  const clock = new FakeClock()
  const asked: (readonly ResultItem[])[] = []
  const editor = openEditor({
    config: CONFIG,
    data: { t: 'Bob in Paris' },
    result: [span('old', 'Place')],
    settings: { autoAnnotation: isOn },
  })
  const props = {
    task: { id: 7, data: {} },
    alwaysAsksModel: always,
    host: {
      predictInteractively: (task: number, items: readonly ResultItem[]) => {
        expect(task).toBe(7)
        asked.push(items)
        return answer()
      },
    },
  } as unknown as EditorProps
  const end = connectModel(editor, props, clock)
  const add = (item: JsonObject) => {
    const { store } = openEditor({ config: CONFIG, data: { t: 'Bob in Paris' }, result: [item] })
    const [region] = store.regions()
    if (region) editor.change('add', [[region.id, null, { ...region, seq: editor.store.nextSeq() }]])
  }
  const ids = () => editor.session.results().map((item) => item.id)
  return { editor, clock, asked, add, ids, end }
}

describe('a model beside a text', () => {
  let work: ReturnType<typeof begin>
  beforeEach(() => {
    work = begin(() => Promise.resolve([span('m1', 'Person')]))
  })
  afterEach(() => work.end())

  it('is asked with all spans of the same label when one was made; what it says waits until it is accepted', async () => {
    work.add(span('a', 'Person'))
    work.add(span('b', 'Person'))
    await work.clock.advance(ASK_AFTER_MS)
    expect(work.asked.map((items) => items.map(({ id }) => id))).toEqual([['a', 'b']])
    expect(work.ids()).toEqual(['old', 'a', 'b'])
    expect(work.editor.suggestions.list.get().map(({ id }) => id)).toEqual(['m1'])
    work.editor.suggestions.accept('m1')
    expect(work.ids()).toEqual(['old', 'a', 'b', 'm1'])
    await work.clock.advance(10 * ASK_AFTER_MS)
    expect(work.asked).toHaveLength(1)
  })

  it('may be rejected', async () => {
    work.add(span('a', 'Person'))
    await work.clock.advance(ASK_AFTER_MS)
    work.editor.suggestions.reject('m1')
    expect([work.ids(), work.editor.suggestions.list.get()]).toEqual([['old', 'a'], []])
  })

  it('is asked without a span that was deleted, and not at all when none is left', async () => {
    work.add(span('a', 'Person'))
    work.add(span('b', 'Person'))
    deleteRegions(work.editor, ['a'])
    await work.clock.advance(ASK_AFTER_MS)
    deleteRegions(work.editor, ['b'])
    await work.clock.advance(ASK_AFTER_MS)
    expect(work.asked.map((items) => items.map(({ id }) => id))).toEqual([['b']])
  })

  it('is not asked while auto-annotation is off, nor after the task was left', async () => {
    work.editor.settings.update((now) => ({ ...now, autoAnnotation: false }))
    work.add(span('a', 'Person'))
    await work.clock.advance(ASK_AFTER_MS)
    work.editor.settings.update((now) => ({ ...now, autoAnnotation: true }))
    work.add(span('b', 'Person'))
    work.end()
    await work.clock.advance(ASK_AFTER_MS)
    expect(work.asked).toEqual([])
  })
})

it('a project that asks always does so whatever the person set', () => {
  const { editor, end } = begin(() => Promise.resolve([]), { isOn: false, always: true })
  expect([editor.suggestions.isOn.get(), editor.suggestions.autoAccept.get()]).toEqual([true, true])
  end()
})

it('a failure is told and the spans stay; asking again may help', async () => {
  let fails = true
  const work = begin(() => (fails ? Promise.reject(new Error('Model is loading')) : Promise.resolve([])))
  work.add(span('a', 'Person'))
  await work.clock.advance(ASK_AFTER_MS)
  expect(work.editor.suggestions.state.get()).toEqual({ kind: 'failed', message: 'Model is loading' })
  expect(work.ids()).toEqual(['old', 'a'])
  fails = false
  await work.editor.suggestions.ask()
  expect(work.editor.suggestions.state.get()).toEqual({ kind: 'idle' })
  expect(work.asked).toHaveLength(2)
  work.end()
})
