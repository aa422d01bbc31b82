// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import type { AnnotationRecord, PredictionRecord, SavePayload } from '../host'
import { loadTags } from '../tags/registry'
import { EditorShell } from './EditorShell'

globalThis.ResizeObserver = class implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Element.prototype.scrollIntoView = () => {}
const CONFIG = `<View><Text name="t" value="$text"/>
  <Choices name="mood" toName="t"><Choice value="good"/><Choice value="bad"/></Choices>
  <TextArea name="note" toName="t"/></View>`
const said = (id: number, mood: string): PredictionRecord => ({
  id,
  model_version: `m${id}`,
  score: 0.5,
  result: [{ id: 'x', from_name: 'mood', to_name: 't', type: 'choices', value: { choices: [mood] } }],
})
await loadTags(CONFIG)
afterEach(cleanup)

function open({ annotated = false, mode = 'stream' as 'stream' | 'quick', from = true as boolean | string } = {}) {
  const submitted: SavePayload[] = []
  let take: (records: readonly PredictionRecord[]) => void = () => {}
  let ends = 0
  const keep = async (payload: SavePayload) => {
    submitted.push(payload)
    return { id: 9, result: payload.result } as unknown as AnnotationRecord
  }
  const old = { id: 3, result: [], completed_by: 1 } as unknown as AnnotationRecord
  const shown = render(
    <EditorShell
      config={CONFIG}
      task={{ id: 7, data: { text: 'a' } }}
      annotations={annotated ? [old] : []}
      predictions={[]}
      user={{ id: 1, displayName: 'Ann' }}
      mode={mode}
      fromPrediction={from}
      watchPredictions={(taken) => {
        take = taken
        return () => {
          ends += 1
        }
      }}
      host={{ saveDraft: async () => ({ id: 1 }), submit: keep, update: (_, payload) => keep(payload) }}
      journal={new MemoryJournal()}
    />,
  )
  return { submitted, arrive: (...all: PredictionRecord[]) => act(() => take(all)), shown, ended: () => ends }
}
const isOn = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name: new RegExp(name) }).checked
const button = (name: string) => screen.getByRole('button', { name })

it('a prediction that comes late is offered, and changes nothing by itself', () => {
  const { arrive } = open()
  fireEvent.click(screen.getByRole('checkbox', { name: /bad/ }))
  arrive(said(4, 'good'))
  expect(screen.getByText('A prediction has arrived (m4).')).toBeTruthy()
  expect([isOn('good'), isOn('bad')]).toEqual([false, true])
  fireEvent.click(button('Not now'))
  expect(screen.queryByText(/has arrived/)).toBeNull()
  expect([isOn('good'), isOn('bad')]).toEqual([false, true])
})

it('one that is used is one step that can be undone, and is named when it is submitted', async () => {
  const { arrive, submitted } = open()
  arrive(said(4, 'good'))
  fireEvent.click(button('Use it'))
  expect(isOn('good')).toBe(true)
  fireEvent.click(screen.getByRole('button', { name: /^Undo/ }))
  expect(isOn('good')).toBe(false)
  fireEvent.click(screen.getByRole('button', { name: /^Redo/ }))
  fireEvent.click(button('Submit'))
  await waitFor(() => expect(submitted).toHaveLength(1))
  const [sent] = submitted
  expect([sent?.parent_prediction, sent?.result.map(({ value }) => value)]).toEqual([4, [{ choices: ['good'] }]])
})

it('of several, that of the version that the project shows is offered', () => {
  const { arrive } = open({ from: 'm5' })
  arrive(said(4, 'good'), said(5, 'bad'))
  expect(screen.getByText('A prediction has arrived (m5).')).toBeTruthy()
})

it('beside annotations that are there it is only shown', () => {
  const { arrive } = open({ annotated: true, mode: 'quick' })
  arrive(said(4, 'good'))
  expect(screen.queryByText(/has arrived/)).toBeNull()
  expect(screen.getAllByText(/m4/).length).toBeGreaterThan(0)
})

it('nothing is watched any more when the task is closed', () => {
  const { shown, ended } = open()
  expect(ended()).toBe(0)
  shown.unmount()
  expect(ended()).toBe(1)
})
