// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import type { EditorHost } from '../host'
import { loadTags } from '../tags/registry'
import { EditorShell } from './EditorShell'

class NoObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = NoObserver
// jsdom lays nothing out; these say how many rows are in view.
for (const side of ['clientHeight', 'clientWidth'])
  Object.defineProperty(HTMLElement.prototype, side, { configurable: true, get: () => 300 })
Element.prototype.scrollTo = () => {}

const config = (attrs: string) =>
  `<View><Text name="t" value="$text"/><Taxonomy name="kind" toName="t" ${attrs}><Choice value="Plant"/><Choice value="Animal"/></Taxonomy></View>`
await loadTags(config(''))
afterEach(cleanup)

function open(attrs: string, host: Partial<EditorHost> = {}) {
  const never = async () => Promise.reject(new Error('not asked for'))
  render(
    <EditorShell
      config={config(attrs)}
      task={{ id: 7, data: { text: 'A tree' } }}
      annotations={[]}
      predictions={[]}
      user={{ id: 1, displayName: 'Ann' }}
      host={{ saveDraft: async () => ({ id: 1 }), submit: never, update: never, ...host }}
      journal={new MemoryJournal()}
    />,
  )
  fireEvent.focus(screen.getByRole('combobox', { name: 'kind' }))
}

const rows = () => screen.getAllByRole('treeitem').map((row) => row.querySelector('.pe-taxonomy__name')?.textContent)
const add = (name: string) => {
  const input = screen.getByRole('textbox', { name: 'New item' })
  fireEvent.change(input, { target: { value: name } })
  fireEvent.keyDown(input, { key: 'Enter' })
}

describe('a tree that is open to all', () => {
  it('takes items at the top and under others, without a server', async () => {
    open('legacy="true"')
    add('  Fungus ')
    await waitFor(() => expect(rows()).toEqual(['Plant', 'Animal', 'Fungus']))
    fireEvent.pointerDown(screen.getByRole('button', { name: 'Add an item under Plant' }))
    add('Oak')
    await waitFor(() => expect(rows()).toEqual(['Plant', 'Oak', 'Animal', 'Fungus']))
    fireEvent.pointerDown(screen.getByRole('treeitem', { name: /Oak/ }))
    expect(screen.getByRole('button', { name: 'Remove Oak' })).toBeTruthy()
    fireEvent.pointerDown(screen.getByRole('button', { name: 'Remove Oak from the tree' }))
    await waitFor(() => expect(rows()).toEqual(['Plant', 'Animal', 'Fungus']))
    // What was picked stays picked.
    expect(screen.getByRole('button', { name: 'Remove Oak' })).toBeTruthy()
  })

  it('shows what is kept for the project; what others added can only be picked', async () => {
    open('legacy="true"', {
      listOwnItems: async () => [
        { id: 1, control: 'kind', path: ['Moss'], mayRemove: false },
        { id: 2, control: 'other', path: ['Stone'], mayRemove: true },
      ],
    })
    await waitFor(() => expect(rows()).toEqual(['Plant', 'Animal', 'Moss']))
    expect(screen.queryByRole('button', { name: 'Remove Moss from the tree' })).toBeNull()
  })

  it('takes back what could not be stored, and says why', async () => {
    open('legacy="true"', { addOwnItem: async () => Promise.reject(new Error('The project is archived.')) })
    add('Oak')
    expect(await screen.findByText('The tree could not be changed: The project is archived.')).toBeTruthy()
    expect(rows()).toEqual(['Plant', 'Animal'])
  })

  it('by keys: Delete takes away the item that one has walked to', async () => {
    open('legacy="true"')
    add('Oak')
    await waitFor(() => expect(rows()).toHaveLength(3))
    const box = screen.getByRole('combobox', { name: 'kind' })
    for (const key of ['ArrowDown', 'ArrowDown', 'Delete', 'Delete']) fireEvent.keyDown(box, { key })
    await waitFor(() => expect(rows()).toEqual(['Plant', 'Animal']))
  })
})

it('other trees take none', () => {
  open('')
  expect(screen.queryByRole('textbox', { name: 'New item' })).toBeNull()
})
