// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import type { AnnotationRecord, DraftPayload, PredictionRecord, SavePayload } from '../host'
import { loadTags } from '../tags/registry'
import { EditorShell } from './EditorShell'
import type { EditorProps } from './props'

const CONFIG =
  '<View><Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="Person"/><Label value="Place"/></Labels>' +
  '<Choices name="mood" toName="t"><Choice value="Good"/><Choice value="Bad"/></Choices><TextArea name="note" toName="t"/></View>'
const span = (id: string, text: string) => ({
  id,
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: text.length, text, labels: ['Person'] },
  origin: 'manual',
})
const stored = (id: number, ...result: object[]) => ({ id, result, completed_by: 1 }) as unknown as AnnotationRecord
const late = { id: 4, model_version: 'm4', score: 1, result: [] } as unknown as PredictionRecord

await loadTags(CONFIG)
// jsdom has no modal dialogs.
window.HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
window.HTMLDialogElement.prototype.close = function close() {
  this.open = false
}
Element.prototype.scrollIntoView = () => {}
// Nor does it lay out text.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList
afterEach(cleanup)
beforeEach(() => localStorage.clear())

/** A page that goes from task to task, with a host that keeps what it is given. */
function stream(first: Partial<EditorProps> = {}) {
  const submitted: SavePayload[] = []
  const drafts: DraftPayload[] = []
  const opened: (number | null)[] = []
  const base: EditorProps = {
    config: CONFIG,
    task: { id: 7, data: { text: 'Bob is in Paris' } },
    annotations: [],
    predictions: [],
    user: { id: 1, displayName: 'Ann' },
    mode: 'stream',
    host: {
      saveDraft: async (payload) => {
        drafts.push(payload)
        return { id: 44 }
      },
      submit: async (payload) => {
        submitted.push(payload)
        return stored(9)
      },
      update: async (id) => stored(id),
      skip: async () => stored(10),
      onOpen: (id) => opened.push(id),
      next: () => {},
    },
    journal: new MemoryJournal(),
  }
  const view = render(<EditorShell {...base} {...first} />)
  const goOn = (more: Partial<EditorProps> = {}) =>
    view.rerender(<EditorShell {...base} task={{ id: 8, data: { text: 'Eve is in Rome' } }} {...more} />)
  return { view, goOn, submitted, drafts, opened }
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })
const isGood = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /Good/ }).checked
const isOn = (label: RegExp) => button(label).getAttribute('aria-pressed')
const press = (key: string, code: string, more = {}) => {
  fireEvent.keyDown(document.body, { key, code, ...more })
  fireEvent.keyUp(document.body, { key, code, ...more })
}
const shownText = (view: ReturnType<typeof render>) => view.container.querySelector('.lsf-richtext__line')?.textContent

describe('the next task', () => {
  it('comes in the place of the one before: bars and panel stay, and nothing is empty in between', () => {
    const { view, goOn, opened } = stream()
    const parts = ['.pe-root', '.pe-bar', '.pe-bar .pe-button_main', '.pe-panel', '.pe-outliner__head']
    const before = parts.map((part) => view.container.querySelector(part))
    const main = view.container.querySelector('.pe-main')
    goOn()
    expect(parts.filter((part, at) => view.container.querySelector(part) !== before[at])).toEqual([])
    expect(before).not.toContain(null)
    expect(view.container.querySelector('.pe-main')).not.toBe(main)
    expect([shownText(view), view.container.textContent?.includes('Paris')]).toEqual(['Eve is in Rome', false])
    expect(screen.getByText(/^Task 8/)).toBeTruthy()
    expect(opened).toEqual([null, null])
  })

  it('knows nothing of the work on the one before, which is sent as a draft of that', async () => {
    const { goOn, submitted, drafts } = stream()
    press('3', 'Digit3')
    press('2', 'Digit2')
    expect([isGood(), isOn(/^Place/), button('Undo').disabled]).toEqual([true, 'true', false])
    goOn()
    expect([isGood(), isOn(/^Place/), button('Undo').disabled]).toEqual([false, 'false', true])
    press('z', 'KeyZ', { ctrlKey: true })
    expect(isGood()).toBe(false)
    await waitFor(() => expect(drafts).toHaveLength(1))
    expect(drafts.map(({ taskId, result }) => [taskId, result.map(({ value }) => value)])).toEqual([
      [7, [{ choices: ['Good'] }]],
    ])
    fireEvent.click(button('Submit'))
    await waitFor(() => expect(submitted).toHaveLength(1))
    expect(submitted.map(({ taskId, result }) => [taskId, result])).toEqual([[8, []]])
  })

  it('takes keys and the buttons of the bar at once, each once', async () => {
    const { view, goOn, submitted } = stream()
    goOn()
    goOn({ task: { id: 9, data: { text: 'Kim is in Oslo' } } })
    press('3', 'Digit3')
    expect(isGood()).toBe(true)
    fireEvent.click(button('Undo'))
    expect(isGood()).toBe(false)
    fireEvent.click(button('Redo'))
    press('Enter', 'Enter', { ctrlKey: true })
    await waitFor(() => expect(submitted).toHaveLength(1))
    expect(submitted.map(({ taskId, result }) => [taskId, result.map(({ value }) => value)])).toEqual([
      [9, [{ choices: ['Good'] }]],
    ])
    expect(shownText(view)).toBe('Kim is in Oslo')
  })

  it('has the list of regions from its beginning, unfiltered and unfolded', () => {
    const result = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => span(id, 'Bob'))
    const { view, goOn } = stream({ mode: 'quick', annotations: [stored(5, ...result)] })
    const filter = () => screen.getByRole<HTMLInputElement>('searchbox')
    const list = view.container.querySelector('.pe-outliner__list')
    fireEvent.change(filter(), { target: { value: 'Place' } })
    expect(screen.queryAllByRole('treeitem')).toEqual([])
    goOn({ mode: 'quick', annotations: [stored(6, ...result, span('g', 'Eve'))] })
    expect([filter().value, screen.getAllByRole('treeitem').length]).toEqual(['', 7])
    expect(view.container.querySelector('.pe-outliner__list')).not.toBe(list)
    fireEvent.change(filter(), { target: { value: 'Place' } })
    expect(screen.queryAllByRole('treeitem')).toEqual([])
  })

  it('shows the regions in view first, and the ones around when the task is painted', async () => {
    const result = Array.from({ length: 60 }, (_, at) => span(`s${at}`, 'Bob'))
    const { goOn } = stream()
    goOn({ mode: 'quick', annotations: [stored(6, ...result)] })
    // 600 pixels with lines of 32, and four or twelve lines beyond.
    expect(screen.getAllByRole('treeitem')).toHaveLength(19 + 4)
    await waitFor(() => expect(screen.getAllByRole('treeitem')).toHaveLength(19 + 12))
  })

  it('shows no selection of the one before, nor what was typed about a region of the same name', () => {
    const { goOn } = stream({ mode: 'quick', annotations: [stored(5, span('same', 'Bob'))], regionId: 'same' })
    const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Note/ })
    fireEvent.change(note(), { target: { value: 'about Bob' } })
    goOn({ mode: 'quick', annotations: [stored(6, span('same', 'Eve'))], regionId: 'same' })
    expect(note().value).toBe('')
    goOn({ mode: 'quick', task: { id: 9, data: { text: 'x' } }, annotations: [stored(7, span('same', 'x'))] })
    expect(screen.queryByRole('textbox', { name: /Note/ })).toBeNull()
    expect(screen.getByRole('treeitem').getAttribute('aria-selected')).toBe('false')
  })

  it('shows no text that was typed and not entered', () => {
    const { view, goOn } = stream()
    const input = () => view.container.querySelector<HTMLInputElement>('[data-control=note] :is(input, textarea)')
    fireEvent.change(input() as HTMLInputElement, { target: { value: 'half a sen' } })
    expect(input()?.value).toBe('half a sen')
    goOn()
    expect(input()?.value).toBe('')
  })

  it('closes what lies over the task, and opens its own instructions', async () => {
    const { goOn } = stream()
    fireEvent.click(button('Settings'))
    expect(await screen.findByRole('dialog', { name: 'Settings' })).toBeTruthy()
    goOn()
    expect(screen.queryByRole('dialog')).toBeNull()
    goOn({ task: { id: 9, data: { text: 'x' } }, instruction: 'Look twice.', opensInstruction: true })
    expect((await screen.findByText('Look twice.')).closest('dialog')?.open).toBe(true)
  })

  it('does not offer what a model said of the one before', () => {
    let take: (records: readonly PredictionRecord[]) => void = () => {}
    const watchPredictions: EditorProps['watchPredictions'] = (taken) => {
      take = taken
      return () => {}
    }
    const { goOn } = stream({ fromPrediction: true, watchPredictions })
    act(() => take([late]))
    expect(screen.getByText(/m4/)).toBeTruthy()
    goOn({ fromPrediction: true, watchPredictions: () => () => {} })
    expect(screen.queryByText(/m4/)).toBeNull()
  })

  it('lets go of a button that had the focus: Enter held down submits one task only', () => {
    const { goOn } = stream()
    button('Submit').focus()
    goOn()
    expect(document.activeElement).toBe(document.body)
    button('Submit').focus()
    goOn({ counter: { at: 2, total: 3 } })
    expect(document.activeElement).toBe(button('Submit'))
  })

  it('leaves the focus to what is outside of the editor', () => {
    const { goOn } = stream()
    const outside = document.body.appendChild(document.createElement('input'))
    outside.focus()
    goOn()
    expect(document.activeElement).toBe(outside)
    outside.remove()
  })

  it('may need other code, or have a config that is broken: it comes back after that', async () => {
    const { view, goOn } = stream()
    const config = '<View><Text name="t" value="$text"/><Number name="n" toName="t"/></View>'
    goOn({ config })
    expect(view.container.querySelector('[aria-busy]')?.className).toBe('pe-root')
    expect(await screen.findByRole('spinbutton')).toBeTruthy()
    goOn({ task: { id: 9, data: {} }, config: '<View><Text name="t"</View>' })
    expect(screen.getByRole('alert').textContent).toContain('1')
    goOn()
    expect(shownText(view)).toBe('Eve is in Rome')
  })

  it('follows host and counter of the page while it is open, without opening it again', () => {
    const { view, goOn, opened } = stream({ counter: { at: 1, total: 3 } })
    const main = view.container.querySelector('.pe-main')
    goOn({ task: { id: 7, data: { text: 'other' } }, counter: { at: 2, total: 3 } })
    expect(view.container.querySelector('.pe-main')).toBe(main)
    expect([shownText(view), opened]).toEqual(['Bob is in Paris', [null]])
  })
})
