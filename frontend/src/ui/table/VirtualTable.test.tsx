// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTexts } from '@/app/i18n'
import { installDom } from '@/testing/installDom'
import { choose, everything, nothing } from '../selection'
import type { TableProps } from './types'
import { cardsIn, VirtualGrid } from './VirtualGrid'
import { VirtualTable } from './VirtualTable'

interface Row {
  id: number
  name: string
}

beforeAll(() => {
  installDom()
  startTexts()
})
afterEach(cleanup)

const rowAt = (index: number): Row | undefined => ({ id: index + 1, name: `Row ${index + 1}` })
const acts = () => ({
  onOpen: vi.fn(),
  onSelect: vi.fn(),
  onLook: vi.fn(),
  onMenu: vi.fn(),
  onCopy: vi.fn(),
  onShow: vi.fn(),
  onSelectAll: vi.fn(),
  onSort: vi.fn(),
  onMove: vi.fn(),
})
const columns = [
  { id: 'id', title: 'ID', width: 70, render: (row: Row) => row.id },
  { id: 'name', title: 'Name', width: 200, sort: 'descending' as const, render: (row: Row) => row.name },
]

const show = (fields: Partial<TableProps<Row>> = {}) => {
  const done = acts()
  const table = (props: Partial<TableProps<Row>>) => (
    <MantineProvider>
      <VirtualTable<Row>
        label="Things"
        count={1_000_000}
        rowHeight={40}
        columns={columns}
        rowAt={rowAt}
        idOf={(row) => row.id}
        openId={null}
        selection={nothing}
        {...done}
        {...props}
      />
    </MantineProvider>
  )
  const { rerender } = render(table(fields))
  return {
    ...done,
    grid: screen.getByRole('grid', { name: 'Things' }),
    update: (next: Partial<TableProps<Row>>) => rerender(table(next)),
  }
}
const shownNames = () => screen.getAllByText(/^Row /).map((cell) => cell.textContent)
const press = (grid: HTMLElement, ...keys: (string | object)[]) => {
  for (const key of keys) fireEvent.keyDown(grid, typeof key === 'string' ? { key } : key)
}

describe('a table of a million rows', () => {
  it('draws those in sight only, and says how many there are', () => {
    const { grid, onShow } = show()
    expect(shownNames()).toHaveLength(25)
    expect(grid.getAttribute('aria-rowcount')).toBe('1000001')
    expect(onShow).toHaveBeenLastCalledWith(0, 24)
  })

  it('reaches its last row', () => {
    const { grid } = show()
    press(grid, 'End')
    expect(shownNames().at(-1)).toBe('Row 1000000')
    const last = screen.getAllByRole('row').at(-1) as HTMLElement
    expect(last.getAttribute('aria-rowindex')).toBe('1000001')
    expect(Number(/(.*)px/.exec(last.style.top)?.[1])).toBeLessThan(12_000_000)
    press(grid, 'Home')
    expect(shownNames()[0]).toBe('Row 1')
  })

  it('shows the row that it starts at', () => {
    show({ startAt: 5000 })
    expect(shownNames()).toContain('Row 5001')
  })

  it('shows bars for rows that are not there yet', () => {
    show({ rowAt: () => undefined, count: 3 })
    expect(screen.queryByText(/^Row /)).toBeNull()
    expect(screen.getAllByRole('row')).toHaveLength(4)
  })
})

describe('the keyboard', () => {
  it('walks, opens, looks and selects', () => {
    const { grid, onOpen, onLook, onSelect } = show()
    press(grid, 'ArrowDown', 'ArrowDown', 'Enter', ' ', 'x')
    expect(onOpen).toHaveBeenCalledWith({ id: 3, name: 'Row 3' }, 2)
    expect(onLook).toHaveBeenCalledWith({ id: 3, name: 'Row 3' }, 2)
    expect(onSelect).toHaveBeenCalledWith({ id: 3, name: 'Row 3' }, 2, false)
    expect(grid.getAttribute('aria-activedescendant')).toMatch(/-2-0$/)
  })

  it('extends the selection with Shift, and selects all with Ctrl A', () => {
    const { grid, onSelect, onSelectAll } = show()
    press(grid, { key: 'ArrowDown', shiftKey: true }, { key: 'a', ctrlKey: true })
    expect(onSelect).toHaveBeenCalledWith({ id: 2, name: 'Row 2' }, 1, true)
    expect(onSelectAll).toHaveBeenCalledWith(true)
  })

  it('copies the cell it stands on', () => {
    const { grid, onCopy } = show()
    press(grid, 'ArrowRight', 'ArrowRight', { key: 'c', ctrlKey: true })
    expect(onCopy).toHaveBeenCalledWith({ id: 1, name: 'Row 1' }, 'name')
  })

  it('opens the menu of a row', () => {
    const { grid, onMenu } = show()
    press(grid, 'ArrowDown', { key: 'F10', shiftKey: true })
    expect(onMenu.mock.calls[0]?.slice(0, 2)).toEqual([{ id: 2, name: 'Row 2' }, 1])
  })

  it('leaves other keys to the page', () => {
    const { grid } = show()
    expect(fireEvent.keyDown(grid, { key: 'Tab' })).toBe(true)
    expect(fireEvent.keyDown(grid, { key: 'ArrowDown' })).toBe(false)
  })
})

describe('rows and headings', () => {
  it('a click opens, a click on the box selects', async () => {
    const { onOpen, onSelect } = show()
    const user = userEvent.setup()
    await user.click(screen.getByText('Row 4'))
    expect(onOpen).toHaveBeenCalledWith({ id: 4, name: 'Row 4' }, 3)
    await user.click(screen.getByRole('checkbox', { name: 'Select row 2' }))
    expect(onSelect).toHaveBeenCalledWith({ id: 2, name: 'Row 2' }, 1, false)
    expect(onOpen).toHaveBeenCalledTimes(1)
  })

  it('marks what is selected and open', () => {
    show({ selection: choose(nothing, [2], true), openId: 3 })
    const [, first, second, third] = screen.getAllByRole('row')
    expect([first, second].map((row) => row?.getAttribute('aria-selected'))).toEqual(['false', 'true'])
    expect(third?.dataset.open).toBe('true')
    const all = screen.getByRole('checkbox', { name: 'Select all tasks' }) as HTMLInputElement
    expect([all.checked, all.indeterminate]).toEqual([false, true])
  })

  it('says that all are selected', () => {
    show({ selection: everything })
    expect((screen.getByRole('checkbox', { name: 'Select all tasks' }) as HTMLInputElement).checked).toBe(true)
  })

  it('sorts by a click, and says how it is sorted', async () => {
    const { onSort } = show()
    const heading = screen.getByRole('columnheader', { name: /Name/ })
    expect(heading.getAttribute('aria-sort')).toBe('descending')
    await userEvent.setup().click(within(heading).getByRole('button', { name: 'Name' }))
    expect(onSort).toHaveBeenCalledWith('name')
  })

  it('moves a column that is dropped on another', () => {
    const { onMove } = show({ columns: [...columns, { id: 'size', title: 'Size', width: 90, render: () => 1 }] })
    const held = { getData: () => 'size', setData: vi.fn(), types: ['text/column'] }
    fireEvent.dragStart(screen.getByRole('columnheader', { name: /Size/ }), { dataTransfer: held })
    fireEvent.drop(screen.getByRole('columnheader', { name: /Name/ }), { dataTransfer: held })
    expect(onMove).toHaveBeenCalledWith('size', 'name')
  })

  it('is widened at its edge, within bounds, while the pointer is held', () => {
    const onResize = vi.fn()
    show({ onResize })
    const heading = screen.getByRole('columnheader', { name: /Name/ })
    const edge = heading.lastElementChild as HTMLElement
    edge.setPointerCapture = vi.fn()
    fireEvent.pointerDown(edge, { clientX: 300, pointerId: 1 })
    for (const clientX of [340, 90, 2400]) fireEvent.pointerMove(edge, { clientX })
    fireEvent.pointerUp(edge)
    fireEvent.pointerMove(edge, { clientX: 310 })
    expect(onResize.mock.calls).toEqual([
      ['name', 240],
      ['name', 48],
      ['name', 1200],
    ])
  })

  it('stays where it is dropped on itself or on what is no column', () => {
    const { onMove } = show()
    const dropOn = (title: RegExp, held: string) =>
      fireEvent.drop(screen.getByRole('columnheader', { name: title }), {
        dataTransfer: { getData: () => held, types: ['text/column'] },
      })
    dropOn(/Name/, 'name')
    dropOn(/Name/, '')
    expect(onMove).not.toHaveBeenCalled()
    expect(screen.getByRole('columnheader', { name: 'ID' }).getAttribute('draggable')).toBe('false')
  })

  it('draws nothing anew but what changed when it scrolls', () => {
    const render = vi.fn((row: Row) => row.name)
    const known = Array.from({ length: 40 }, (_, index) => rowAt(index))
    const { grid } = show({
      count: 40,
      rowAt: (index) => known[index],
      columns: [{ id: 'name', title: 'Name', width: 200, render }],
    })
    const first = render.mock.calls.length
    press(grid, 'ArrowDown')
    expect(render.mock.calls.length - first).toBeLessThanOrEqual(2)
  })

  it('keeps what it draws when the number of rows shrinks', () => {
    const { grid, update } = show()
    press(grid, 'End')
    update({ count: 3 })
    expect(shownNames()).toEqual(['Row 1', 'Row 2', 'Row 3'])
  })
})

describe('cards', () => {
  const grid = (fields: Partial<Parameters<typeof VirtualGrid<Row>>[0]> = {}) => {
    const done = acts()
    render(
      <MantineProvider>
        <VirtualGrid<Row>
          label="Things"
          count={9}
          cardWidth={200}
          rowAt={rowAt}
          idOf={(row) => row.id}
          openId={4}
          selection={nothing}
          look={null}
          {...done}
          {...fields}
        >
          {(row) => row.name}
        </VirtualGrid>
      </MantineProvider>,
    )
    return { ...done, list: screen.getByRole('listbox', { name: 'Things' }), cards: screen.getAllByRole('option') }
  }

  it('open by a click, are chosen at their corner, and have a menu', () => {
    const { cards, onOpen, onSelect, onMenu } = grid()
    fireEvent.click(cards[2] as HTMLElement)
    expect(onOpen).toHaveBeenCalledWith({ id: 3, name: 'Row 3' }, 2)
    fireEvent.click(cards[1]?.firstElementChild as HTMLElement, { shiftKey: true })
    expect(onSelect).toHaveBeenCalledWith({ id: 2, name: 'Row 2' }, 1, true)
    expect(onOpen).toHaveBeenCalledTimes(1)
    fireEvent.contextMenu(cards[0] as HTMLElement, { clientX: 5, clientY: 6 })
    expect(onMenu).toHaveBeenCalledWith({ id: 1, name: 'Row 1' }, 0, { x: 5, y: 6 })
    expect(cards.map((card) => card.dataset.open !== undefined).indexOf(true)).toBe(3)
  })

  it('stop at both ends', () => {
    const { list, onOpen } = grid()
    press(list, 'ArrowLeft', 'ArrowUp', 'Enter')
    expect(onOpen).toHaveBeenLastCalledWith({ id: 1, name: 'Row 1' }, 0)
    press(list, 'End', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter')
    expect(onOpen).toHaveBeenLastCalledWith({ id: 9, name: 'Row 9' }, 8)
  })

  it('that are not there yet take neither clicks nor keys', () => {
    const { list, cards, onOpen, onSelect } = grid({ rowAt: () => undefined })
    fireEvent.click(cards[0] as HTMLElement)
    press(list, 'Enter', ' ', 'x')
    expect(cards[0]?.textContent).toBe('')
    expect(onOpen).not.toHaveBeenCalled()
    expect(onSelect).not.toHaveBeenCalled()
  })

  it.each([
    [1000, 200, 4],
    [390, 200, 1],
    [100, 200, 1],
  ])('%i pixels hold cards of %i: %i', (width, card, columnsThere) => {
    const { columns: found, size } = cardsIn(width, card)
    expect(found).toBe(columnsThere)
    expect(found * (size + 10)).toBeLessThanOrEqual(width)
  })

  it('draws those in sight, and walks in both directions', () => {
    const done = acts()
    render(
      <MantineProvider>
        <VirtualGrid<Row>
          label="Things"
          count={100_000}
          cardWidth={200}
          rowAt={rowAt}
          idOf={(row) => row.id}
          openId={null}
          selection={choose(nothing, [2], true)}
          look={null}
          {...done}
        >
          {(row) => row.name}
        </VirtualGrid>
      </MantineProvider>,
    )
    const list = screen.getByRole('listbox', { name: 'Things' })
    const cards = screen.getAllByRole('option')
    expect(cards.length).toBeLessThan(100)
    expect(cards.slice(0, 3).map((card) => card.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false'])
    press(list, 'ArrowRight', 'ArrowDown', 'Enter', ' ', 'x')
    expect(done.onOpen).toHaveBeenCalledWith({ id: 6, name: 'Row 6' }, 5)
    expect(done.onLook).toHaveBeenCalledWith({ id: 6, name: 'Row 6' }, 5)
    expect(done.onSelect).toHaveBeenCalledWith({ id: 6, name: 'Row 6' }, 5, false)
  })
})
