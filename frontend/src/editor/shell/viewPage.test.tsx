// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MemoryJournal } from '../core/journal'
import type { EditorHost } from '../host'
import { loadTags } from '../tags/registry'
import { EditorShell } from './EditorShell'
import type { EditorProps } from './props'

const CONFIG =
  '<View><Repeater on="$list" mode="pagination"><Text name="t_{{idx}}" value="$list[{{idx}}]"/>' +
  '<Choices name="c_{{idx}}" toName="t_{{idx}}"><Choice value="yes"/></Choices></Repeater></View>'

await loadTags(CONFIG)
// jsdom does not lay out text.
Range.prototype.getClientRects = () => [] as unknown as DOMRectList
Element.prototype.scrollIntoView = () => {}
afterEach(cleanup)
beforeEach(() => localStorage.clear())

const unused = async (): Promise<never> => {
  throw new Error('Nothing is saved here.')
}

function open(first: Partial<EditorProps> = {}) {
  const told: number[] = []
  const host: EditorHost = {
    saveDraft: unused,
    submit: unused,
    update: unused,
    onViewPage: (page) => told.push(page),
  }
  const base: EditorProps = {
    config: CONFIG,
    task: { id: 7, data: { list: ['one', 'two', 'three'] } },
    annotations: [],
    predictions: [],
    user: { id: 1, displayName: 'Ann' },
    host,
    journal: new MemoryJournal(),
  }
  const view = render(<EditorShell {...base} {...first} />)
  const show = (more: Partial<EditorProps>) => view.rerender(<EditorShell {...base} {...more} />)
  return { told, show }
}

const shown = () => document.querySelector('.lsf-richtext__line')?.textContent

it('is the first one, and is told when somebody turns it', () => {
  const { told } = open()
  expect([shown(), told]).toEqual(['one', [1]])
  fireEvent.click(screen.getByRole('button', { name: /Next page/ }))
  expect([shown(), told]).toEqual(['two', [1, 2]])
  fireEvent.keyDown(document.body, { key: 'ArrowLeft', code: 'ArrowLeft', altKey: true })
  expect([shown(), told]).toEqual(['one', [1, 2, 1]])
})

it('begins where the address says, and anew with the next task', () => {
  const { told, show } = open({ viewPage: 3 })
  expect([shown(), told]).toEqual(['three', [3]])
  show({ task: { id: 8, data: { list: ['four', 'five'] } } })
  expect([shown(), told]).toEqual(['four', [3, 1]])
})

it('beyond the last one shows that', () => {
  open({ viewPage: 70 })
  expect(shown()).toBe('three')
})

it('is nothing to a config without pages', () => {
  const { told } = open({ viewPage: 2, config: CONFIG.replace(' mode="pagination"', '') })
  expect([shown(), told]).toEqual(['one', []])
})
