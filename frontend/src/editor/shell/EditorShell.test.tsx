// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import { type AnnotationRecord, RefusedError, type SavePayload } from '../host'
import { loadTags } from '../tags/registry'
import { EditorShell } from './EditorShell'
import type { EditorProps } from './props'

const CONFIG =
  '<View><Text name="t" value="$text"/><Labels name="lab" toName="t"><Label value="Person"/><Label value="Place"/></Labels>' +
  '<Choices name="mood" toName="t" required="true" requiredMessage="Choose a mood."><Choice value="Good"/><Choice value="Bad"/></Choices></View>'
const SPAN = {
  id: 'r1',
  from_name: 'lab',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 3, text: 'Bob', labels: ['Person'] },
  origin: 'manual',
}

await loadTags(CONFIG)

/** Opens the editor with a host that keeps what it is given. */
function open(more: Partial<EditorProps> = {}, submit?: () => Promise<AnnotationRecord>) {
  const submitted: SavePayload[] = []
  const stored = (payload: SavePayload, id: number) =>
    ({ id, result: payload.result, etag: '1', completed_by: 1 }) as unknown as AnnotationRecord
  const props: EditorProps = {
    config: CONFIG,
    task: { id: 7, data: { text: 'Bob is in Paris' } },
    annotations: [],
    predictions: [],
    user: { id: 1, displayName: 'Ann' },
    host: {
      saveDraft: async () => ({ id: 44 }),
      submit: async (payload) => {
        submitted.push(payload)
        return submit ? submit() : stored(payload, 9)
      },
      update: async (id, payload) => {
        submitted.push(payload)
        return stored(payload, id)
      },
    },
    journal: new MemoryJournal(),
    ...more,
  }
  const view = render(<EditorShell {...props} />)
  return { submitted, view }
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })
const box = (name: RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name })

// jsdom has no modal dialogs.
window.HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
window.HTMLDialogElement.prototype.close = function close() {
  this.open = false
}

Element.prototype.scrollIntoView = () => {}
globalThis.IntersectionObserver = class implements Pick<IntersectionObserver, 'observe' | 'disconnect'> {
  observe() {}
  disconnect() {}
} as unknown as typeof IntersectionObserver

afterEach(cleanup)

describe('EditorShell', () => {
  it('labels and submits, then offers to update', async () => {
    const { submitted } = open()
    fireEvent.click(box(/Good/))
    expect([box(/Good/).checked, box(/Bad/).checked]).toEqual([true, false])
    fireEvent.click(button('Submit'))
    await waitFor(() => expect(button('Update').disabled).toBe(true))
    expect(submitted.map(({ taskId, result }) => [taskId, result.map(({ value }) => value)])).toEqual([
      [7, [{ choices: ['Good'] }]],
    ])
    fireEvent.click(box(/Bad/))
    await waitFor(() => expect(button('Update').disabled).toBe(false))
    fireEvent.click(button('Update'))
    await waitFor(() => expect(submitted).toHaveLength(2))
    expect(submitted[1]?.result.map(({ value }) => value)).toEqual([{ choices: ['Bad'] }])
  })

  it('works by keys: choices have theirs, and one takes the last step back', async () => {
    open()
    const key = (name: string, code: string, more = {}) => {
      fireEvent.keyDown(document.body, { key: name, code, ...more })
      fireEvent.keyUp(document.body, { key: name, code, ...more })
    }
    key('3', 'Digit3')
    expect(box(/Good/).checked).toBe(true)
    key('z', 'KeyZ', { ctrlKey: true })
    expect(box(/Good/).checked).toBe(false)
    key('1', 'Digit1')
    expect(button(/^Person/).getAttribute('aria-pressed')).toBe('true')
  })

  it('submits by Ctrl+Enter also while the list of regions has the focus, and leaves the selection to Enter', async () => {
    const record = { id: 3, result: [SPAN], etag: '1', completed_by: 1 } as unknown as AnnotationRecord
    const { submitted } = open({ annotations: [record] })
    fireEvent.click(box(/Good/))
    const row = screen.getByRole('treeitem')
    fireEvent.click(row)
    fireEvent.keyDown(row, { key: 'Enter', code: 'Enter', ctrlKey: true })
    await waitFor(() => expect(submitted).toHaveLength(1))
    fireEvent.keyDown(row, { key: 'Enter', code: 'Enter' })
    expect(row.getAttribute('aria-selected')).toBe('true')
  })

  it('says in the words of the config what is missing', async () => {
    const { submitted } = open()
    fireEvent.click(button('Submit'))
    expect(await screen.findAllByText('Choose a mood.')).toHaveLength(2)
    expect(submitted).toEqual([])
  })

  it('leads to the control where something is missing, until it is answered', async () => {
    open()
    fireEvent.click(button('Submit'))
    fireEvent.click(await screen.findByRole('button', { name: 'OK' }))
    expect((await screen.findByRole('alert')).textContent).toBe('Choose a mood.')
    expect(screen.getByRole('alert').closest('[data-control]')?.getAttribute('data-control')).toBe('mood')
    expect(document.activeElement).toBe(box(/Good/))
    fireEvent.click(box(/Good/))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  it('shows stored regions over the text and in the list', () => {
    const { view } = open({ annotations: [{ id: 5, result: [SPAN], completed_by: 1 }] })
    expect(view.container.querySelector('[data-spans="r1"]')?.textContent).toBe('Bob')
    expect(view.container.querySelector('.lsf-richtext__line')?.textContent).toBe('Bob is in Paris')
    expect(view.container.textContent).toContain('Person')
  })

  it('keeps the work and says why when the server refuses it', async () => {
    const { submitted } = open({}, () => Promise.reject(new RefusedError('The project is closed.')))
    fireEvent.click(box(/Good/))
    fireEvent.click(button('Submit'))
    expect(await screen.findByText(/The project is closed\./)).toBeTruthy()
    expect([submitted.length, box(/Good/).checked, button('Submit').disabled]).toEqual([1, true, false])
  })

  it('tells where a config is broken', () => {
    open({ config: '<View>\n  <Text name="t"\n</View>' })
    expect(screen.getByRole('alert').textContent).toContain('3')
  })

  it('runs nothing that a config or a task brings', async () => {
    const config =
      '<View><Text name="t" value="$text"/><Choices name="mood" toName="t">' +
      '<Choice value="Good" html="&lt;b onclick=&quot;x()&quot;&gt;G&lt;/b&gt;&lt;script&gt;x()&lt;/script&gt;&lt;img src=x onerror=x()&gt;"/></Choices></View>'
    await loadTags(config)
    const { view } = open({ config, task: { id: 7, data: { text: '<img src=x onerror=x()>' } } })
    expect(view.container.querySelector('b')?.textContent).toBe('G')
    expect(view.container.querySelector('script')).toBeNull()
    expect(view.container.innerHTML).not.toMatch(/<[^>]*\son\w+=/)
    expect(view.container.querySelector('.lsf-richtext__line')?.textContent).toBe('<img src=x onerror=x()>')
  })

  it('waits for the code of tags that come later, and shows them then', async () => {
    const config =
      '<View><Text name="t" value="$text"/><Ranker name="r" toName="l"/><List name="l" value="$items"/></View>'
    const { view } = open({ config, task: { id: 7, data: { text: 'Bob', items: [{ id: 1, title: 'First' }] } } })
    expect(view.container.querySelector('[aria-busy]')).toBeTruthy()
    expect(await screen.findByText('First')).toBeTruthy()
    expect(loadTags(config)).toBeNull()
  })

  it('shows labels in their size, and the mark-up and style of choices in a tree', async () => {
    const config =
      '<View><Text name="t" value="$text"/><Labels name="l" toName="t"><Label value="Big" size="large"/><Label value="Plain"/></Labels>' +
      '<Choices name="c" toName="t" allowNested="true" choice="multiple"><Choice value="Top" style="color: red"><Choice value="Below" html="&lt;i&gt;below&lt;/i&gt;"/></Choice></Choices></View>'
    const { view } = open({ config, task: { id: 7, data: { text: 'Bob' } } })
    expect(await screen.findByText('below')).toBeTruthy()
    expect(['Big', 'Plain'].map((name) => button(new RegExp(name)).style.fontSize)).toEqual(['17px', ''])
    expect(view.container.querySelector('i')?.textContent).toBe('below')
    expect(view.container.querySelector<HTMLElement>('.pe-tree .lsf-choice__item')?.style.color).toBe('red')
  })

  it('hands out the link to an annotation, and shows it beside the others', async () => {
    const copied: string[] = []
    Object.assign(navigator, { clipboard: { writeText: async (text: string) => void copied.push(text) } })
    const never = async () => Promise.reject(new Error('not asked for'))
    const stored = (id: number) => ({ id, result: [SPAN], completed_by: 1 }) as unknown as AnnotationRecord
    open({
      annotations: [stored(3), stored(4)],
      host: {
        saveDraft: never,
        submit: never,
        update: never,
        linkTo: (annotation) => `/task/7?annotation=${annotation}`,
      },
    })
    const menu = () => fireEvent.click(button(/^More for/))
    menu()
    fireEvent.click(screen.getByRole('menuitem', { name: 'Copy link to this annotation' }))
    expect(await screen.findByText('The link is on the clipboard.')).toBeTruthy()
    expect(copied).toEqual(['/task/7?annotation=4'])
    menu()
    fireEvent.click(screen.getByRole('menuitem', { name: 'Show beside the others' }))
    expect(await screen.findByRole('region', { name: 'Compare all' })).toBeTruthy()
  })

  it('names keys in tooltips, until somebody does not want that', async () => {
    open()
    expect(button('Undo').title).toBe('Undo (Ctrl+Z)')
    fireEvent.click(button('Settings'))
    fireEvent.click(box(/hotkeys in tooltips/))
    expect(button('Undo').title).toBe('Undo')
    fireEvent.click(box(/hotkeys in tooltips/))
  })

  it('leaves nothing behind, however often it is opened', () => {
    const before = document.body.querySelectorAll('*').length
    for (let round = 0; round < 10; round += 1) open().view.unmount()
    cleanup()
    expect(document.body.querySelectorAll('*').length).toBeLessThanOrEqual(before)
  })
})
