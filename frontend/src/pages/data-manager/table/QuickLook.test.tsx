// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Json } from '@/api/types'
import { startTexts } from '@/app/i18n'
import { installDom } from '@/testing/installDom'
import { makeTask } from '@/testing/records'
import type { ColumnInfo } from '../columns'
import { QuickLook } from './QuickLook'

beforeAll(() => {
  installDom()
  startTexts()
})
afterEach(() => {
  cleanup()
  document.body.replaceChildren()
})

const people = { nameOf: (id: number) => `Person ${id}`, ids: [] }
const column = (id: string, type: string, fields: Partial<ColumnInfo> = {}): ColumnInfo =>
  ({ id, type, title: id.replace('data.', ''), group: 'data', kind: 'text', isShowable: true, ...fields }) as ColumnInfo

const look = (data: { [key: string]: Json }, columns: ColumnInfo[], fields: object = {}) => {
  const acts = { onStep: vi.fn(), onOpen: vi.fn(), onClose: vi.fn() }
  const task = makeTask({ id: 7, project: 1, data, ...fields })
  render(
    <MantineProvider>
      <QuickLook task={task} columns={columns} people={people} {...acts} />
    </MantineProvider>,
  )
  return { ...acts, dialog: screen.getByRole('dialog') }
}

describe('a look at a task shows', () => {
  it('text as it is, but not a novel', () => {
    const { dialog } = look({ text: `First\nsecond ${'x'.repeat(30_000)}` }, [column('data.text', 'String')])
    const shown = within(dialog).getByText(/^First/)
    expect(shown.textContent?.startsWith('First\nsecond')).toBe(true)
    expect(shown.textContent).toHaveLength(20_000)
  })

  it('a picture of this server in a size for the screen, and one of elsewhere as it is', () => {
    look({ here: '/data/upload/1/a.jpg', there: 'https://example.com/b.png' }, [
      column('data.here', 'Image'),
      column('data.there', 'Image'),
    ])
    const [here, there] = ['here', 'there'].map((name) => screen.getByAltText(name).getAttribute('src'))
    expect(here).toBe('/api/tasks/7/thumbnail/?key=here&size=640')
    expect(there).toBe('https://example.com/b.png')
  })

  it('sound and film with their controls, which keep the arrow keys to themselves', () => {
    const { dialog, onStep } = look({ sound: '/a.mp3', film: '/b.mp4' }, [
      column('data.sound', 'Audio'),
      column('data.film', 'Video'),
    ])
    const [sound, film] = [dialog.querySelector('audio'), dialog.querySelector('video')]
    expect([sound?.src, film?.src].map((src) => new URL(src ?? '').pathname)).toEqual(['/a.mp3', '/b.mp4'])
    fireEvent.keyDown(film as HTMLElement, { key: 'ArrowRight' })
    expect(onStep).not.toHaveBeenCalled()
  })

  it('what has parts as JSON, and what is not there as a dash', () => {
    const { dialog } = look({ meta: { table: 3 } }, [column('data.meta', 'Unknown'), column('data.none', 'String')])
    expect(dialog.querySelector('pre')?.textContent).toBe('{\n  "table": 3\n}')
    expect(within(dialog).getByText('–')).toBeTruthy()
  })

  it('facts that say something, people by name', () => {
    const facts = [
      column('annotators', 'List', { group: 'annotations', kind: 'people', title: 'Annotated by' }),
      column('total_predictions', 'Number', { group: 'predictions', kind: 'number', title: 'Predictions' }),
    ]
    const { dialog } = look({}, facts, { annotators: [4, 5], total_predictions: 0 })
    const pairs = [...dialog.querySelectorAll('dl > div')].map((pair) => pair.textContent)
    expect(pairs).toEqual(['StatusNew', 'Annotated byPerson 4, Person 5'])
  })
})

describe('a look at a task', () => {
  it.each([
    ['ArrowDown', 1],
    ['ArrowRight', 1],
    ['ArrowUp', -1],
    ['ArrowLeft', -1],
  ])('walks with %s', (key, by) => {
    const { dialog, onStep } = look({ text: 'a' }, [column('data.text', 'String')])
    fireEvent.keyDown(dialog, { key })
    expect(onStep).toHaveBeenCalledWith(by)
  })

  it('ends with the key that began it, but not where a button has it', () => {
    const { dialog, onClose } = look({ text: 'a' }, [column('data.text', 'String')])
    fireEvent.keyDown(within(dialog).getByRole('button', { name: 'Next task' }), { key: ' ' })
    expect(onClose).not.toHaveBeenCalled()
    fireEvent.keyDown(dialog, { key: ' ' })
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('walks and opens by its buttons', () => {
    const { onStep, onOpen } = look({ text: 'a' }, [column('data.text', 'String')])
    fireEvent.click(screen.getByRole('button', { name: 'Next task' }))
    fireEvent.click(screen.getByRole('button', { name: 'Previous task' }))
    fireEvent.click(screen.getByRole('button', { name: 'Open' }))
    expect(onStep.mock.calls).toEqual([[1], [-1]])
    expect(onOpen).toHaveBeenCalledOnce()
  })
})
