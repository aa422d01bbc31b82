// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import type { Json } from '../core/json'
import type { AnnotationRecord, SavePayload } from '../host'
import { loadTags } from '../tags/registry'
import { EditorShell } from './EditorShell'

globalThis.ResizeObserver = class implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
window.HTMLDialogElement.prototype.close = function close() {
  this.open = false
}
Element.prototype.scrollIntoView = () => {}
const config = (attrs: string) =>
  `<View><Text name="t" value="$text"/><TextArea name="note" toName="t" value="$heard" ${attrs}/></View>`
await loadTags(config(''))
afterEach(cleanup)

function open(attrs = '', result: readonly Json[] = []) {
  const submitted: SavePayload[] = []
  const keep = async (payload: SavePayload) => {
    submitted.push(payload)
    return { id: 9, result: payload.result } as unknown as AnnotationRecord
  }
  render(
    <EditorShell
      config={config(attrs)}
      task={{ id: 7, data: { text: 'a', heard: 'as heard' } }}
      annotations={[]}
      predictions={[]}
      drafts={result.length > 0 ? [{ id: 1, result, annotation: null }] : []}
      user={{ id: 1, displayName: 'Ann' }}
      host={{ saveDraft: async () => ({ id: 1 }), submit: keep, update: (_, payload) => keep(payload) }}
      journal={new MemoryJournal()}
    />,
  )
  const submit = async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Submit' }))
    await waitFor(() => expect(submitted.length).toBe(1))
    return submitted[0]?.result.map(({ value }) => value)
  }
  return { submit, input: screen.getByRole<HTMLInputElement>('textbox', { name: 'note' }) }
}

const HINT = 'A suggestion: click into it to keep it.'

it('a preset that nobody touched is no answer, and the page says so', async () => {
  const { submit, input } = open()
  expect([input.value, screen.queryByText(HINT) !== null]).toEqual(['as heard', true])
  expect(await submit()).toEqual([])
})

it('a preset that somebody was in is kept as it stands', async () => {
  const { submit, input } = open()
  fireEvent.focus(input)
  expect(screen.queryByText(HINT)).toBeNull()
  expect(await submit()).toEqual([{ text: ['as heard'] }])
})

it('a preset that was emptied is none', async () => {
  const { submit, input } = open()
  fireEvent.change(input, { target: { value: '' } })
  expect(await submit()).toEqual([])
})

it('a required answer leads to the preset; then it counts', async () => {
  const { submit, input } = open('required="true"')
  fireEvent.click(screen.getByRole('button', { name: 'Submit' }))
  fireEvent.click(await screen.findByRole('button', { name: 'OK' }))
  await waitFor(() => expect(document.activeElement).toBe(input))
  expect(await submit()).toEqual([{ text: ['as heard'] }])
})

it('where there is an answer, the preset is not offered again', () => {
  const { input } = open('', [
    { id: 'a', from_name: 'note', to_name: 't', type: 'textarea', value: { text: ['mine'] } },
  ])
  expect(input.value).toBe('')
})
