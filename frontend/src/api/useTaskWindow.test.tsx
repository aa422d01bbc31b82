// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeServer } from '@/testing/fakeServer'
import { allTasks } from './queries/filters'
import type { TaskSource } from './queries/tasks'
import { createQueryClient } from './queryClient'
import { pagesAround, useTaskWindow } from './useTaskWindow'

const source: TaskSource = { project: 7, query: allTasks, pageSize: 100, isFull: false }

describe('pagesAround', () => {
  it.each([
    [0, 20, 0, [1], []],
    [0, 20, 1000, [1], []],
    [60, 90, 1000, [1], [2]],
    [130, 160, 1000, [2], []],
    [110, 140, 1000, [2], [1]],
    [990, 999, 1000, [10], []],
    [95, 210, 1000, [1, 2, 3], []],
    [20, 95, 1000, [1], [2]],
    [5000, 5020, 120, [2], []],
  ])('rows %i to %i of %i are on pages %j, beside %j', (first, last, total, seen, near) => {
    expect(pagesAround(first, last, total, 100)).toEqual({ seen, near })
  })
})

describe('useTaskWindow', () => {
  let server: FakeServer
  let leave: () => void
  beforeEach(() => {
    server = new FakeServer()
    leave = server.install()
  })
  afterEach(() => {
    cleanup()
    leave()
  })
  const open = () => {
    const client = createQueryClient()
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    )
    return renderHook(() => useTaskWindow(source), { wrapper })
  }
  const pagesAsked = () => server.seen.map(({ query }) => Number(query.get('page')))

  it('fetches only pages in sight, each once, and keeps them', async () => {
    server.addTasks(7, 950)
    const { result } = open()
    await waitFor(() => expect(result.current.total).toBe(950))
    expect(result.current.rowAt(0)?.data).toEqual({ text: 'Text 1' })
    expect(result.current.rowAt(500)).toBeUndefined()
    act(() => result.current.show(530, 560))
    await waitFor(() => expect(result.current.rowAt(531)?.data).toEqual({ text: 'Text 532' }))
    act(() => result.current.show(0, 30))
    await waitFor(() => expect(result.current.rowAt(3)?.data).toEqual({ text: 'Text 4' }))
    expect(pagesAsked()).toEqual([1, 6])
    expect(result.current.rowAt(949)).toBeUndefined()
  })

  it('asks for the neighbor after the page in sight', async () => {
    server.addTasks(7, 950)
    const { result } = open()
    await waitFor(() => expect(result.current.total).toBe(950))
    act(() => result.current.show(430, 490))
    await waitFor(() => expect(result.current.rowAt(520)).toBeDefined())
    expect(pagesAsked()).toEqual([1, 5, 6])
  })

  it('asks only for where a flight begins and rests', async () => {
    server.addTasks(7, 9_500)
    const { result } = open()
    await waitFor(() => expect(result.current.total).toBe(9_500))
    act(() => {
      for (let row = 130; row < 9_000; row += 100) result.current.show(row, row + 30)
    })
    await waitFor(() => expect(result.current.rowAt(8_935)).toBeDefined())
    expect(pagesAsked()).toEqual([1, 2, 90])
  })

  it('keeps what it gives while rows of the same page pass', async () => {
    server.addTasks(7, 950)
    const { result } = open()
    await waitFor(() => expect(result.current.total).toBe(950))
    const before = result.current
    act(() => result.current.show(1, 31))
    act(() => result.current.show(2, 32))
    expect(result.current).toBe(before)
  })

  it('finds where a task stands, and fetches a row that is out of sight', async () => {
    const tasks = server.addTasks(7, 350)
    const { result } = open()
    await waitFor(() => expect(result.current.total).toBe(350))
    expect(result.current.indexOf(tasks[41]?.id ?? 0)).toBe(41)
    expect(result.current.indexOf(tasks[300]?.id ?? 0)).toBeUndefined()
    expect((await result.current.fetchRow(300))?.id).toBe(tasks[300]?.id)
    expect(result.current.isExact).toBe(true)
  })

  it('asks again while the server is not ready, and says why it waits', async () => {
    server.addTasks(7, 3)
    server.troubles.push(409)
    const { result } = open()
    await waitFor(() => expect(result.current.delay?.message).toBe('Trouble'))
    expect(result.current).toMatchObject({ isLoading: true, error: null })
    await waitFor(() => expect(result.current).toMatchObject({ total: 3, delay: null }))
  })

  it('is empty for a project without tasks', async () => {
    const { result } = open()
    await waitFor(() => expect(result.current.isLoading).toBe(false))
    expect(result.current).toMatchObject({ total: 0, error: null })
  })

  it('tells why nothing came', async () => {
    server.troubles.push(403)
    const { result } = open()
    await waitFor(() => expect(result.current.error?.message).toBe('Trouble'))
    expect(result.current.total).toBe(0)
  })
})
