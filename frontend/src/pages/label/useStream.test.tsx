// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Task } from '@/api/types'
import { FakeServer } from '@/testing/fakeServer'
import { Prefetch } from './prefetch'
import { type StreamOptions, useStream } from './useStream'

let server: FakeServer
let leave: () => void
let tasks: Task[]
beforeEach(() => {
  server = new FakeServer()
  leave = server.install()
  tasks = server.addTasks(1, 3)
})
afterEach(() => {
  cleanup()
  leave()
})

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
)
const begin = async (options: StreamOptions = {}) => {
  const { result } = renderHook(() => useStream(1, options), { wrapper })
  await waitFor(() => expect(result.current.state.kind).not.toBe('loading'))
  const shown = () => (result.current.state.kind === 'task' ? result.current.state.opened.task.id : null)
  return { result, shown }
}
const idOf = (index: number) => tasks[index]?.id as number
const finish = (index: number) => server.addAnnotation(tasks[index] as Task)

describe('the stream of tasks', () => {
  it('shows what the server hands out, then that nothing is left', async () => {
    const { result, shown } = await begin()
    expect(shown()).toBe(idOf(0))
    for (const index of [0, 1]) {
      finish(index)
      await act(() => result.current.saved())
      expect(shown()).toBe(idOf(index + 1))
    }
    finish(2)
    await act(() => result.current.saved())
    expect(result.current.state.kind).toBe('done')
  })

  it('goes back and forth through the tasks of the session; only the newest is put off', async () => {
    const { result, shown } = await begin()
    finish(0)
    await act(() => result.current.saved())
    expect(result.current.postpones()).toBe(true)
    await act(() => result.current.previous())
    expect([shown(), result.current.postpones()]).toEqual([idOf(0), false])
    await act(async () => result.current.next())
    expect([shown(), result.current.postpones()]).toEqual([idOf(1), true])
  })

  it('shows the task fetched beforehand at once, without another request', async () => {
    const peeked: number[] = []
    const peek = async (current: number) => {
      peeked.push(current)
      return tasks.find((task) => task.id > current) ?? null
    }
    const { result, shown } = await begin({ peek })
    await waitFor(() => expect(peeked).toEqual([idOf(0)]))
    finish(0)
    const before = server.seen.length
    act(() => void result.current.saved())
    expect(shown()).toBe(idOf(1))
    expect(server.seen.slice(before).map(({ path }) => path)).not.toContain('/api/projects/1/next/')
    await waitFor(() => expect(peeked).toEqual([idOf(0), idOf(1)]))
  })

  it('asks the server when nothing could be fetched beforehand', async () => {
    const { result, shown } = await begin({ peek: () => Promise.reject(new Error('away')) })
    finish(0)
    await act(() => result.current.saved())
    expect(shown()).toBe(idOf(1))
  })

  it('takes the tasks of a list when it is given one', async () => {
    const { shown } = await begin({ find: async () => tasks[2] as Task })
    expect(shown()).toBe(idOf(2))
  })

  it('says what went wrong, and tries again', async () => {
    server.troubles.push(500, 500, 500, 500)
    const { result, shown } = await begin()
    expect(result.current.state.kind).toBe('failed')
    server.troubles.length = 0
    await act(() => result.current.retry())
    expect(shown()).toBe(idOf(0))
  })
})

describe('Prefetch', () => {
  const opened = (id: number) => ({ task: { ...(tasks[0] as Task), id }, annotations: [] })

  it('fetches once for each task, and gives the answer away once', async () => {
    let calls = 0
    const prefetch = new Prefetch(
      async (now) => {
        calls += 1
        return opened(now + 1)
      },
      () => [],
    )
    prefetch.begin(5)
    prefetch.begin(5)
    expect(prefetch.take(5)).toBeNull()
    await Promise.resolve()
    await Promise.resolve()
    expect(prefetch.take(4)).toBeNull()
    expect(prefetch.take(5)?.task.id).toBe(6)
    expect([prefetch.take(5), calls]).toEqual([null, 1])
  })

  it('an answer that comes late is not taken for another task', async () => {
    let answer: (task: ReturnType<typeof opened>) => void = () => {}
    const prefetch = new Prefetch(
      (now) => (now === 1 ? new Promise((resolve) => (answer = resolve)) : Promise.resolve(null)),
      () => [],
    )
    prefetch.begin(1)
    prefetch.begin(2)
    answer(opened(9))
    await Promise.resolve()
    await Promise.resolve()
    expect([prefetch.take(1), prefetch.take(2)]).toEqual([null, null])
  })

  it('loads the pictures of the next task, a few of them', async () => {
    const asked: string[] = []
    const native = globalThis.Image
    globalThis.Image = class {
      set src(address: string) {
        asked.push(address)
      }
    } as unknown as typeof Image
    const prefetch = new Prefetch(
      async () => opened(2),
      () => ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'],
    )
    prefetch.begin(1)
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    globalThis.Image = native
    expect(asked).toEqual(['a.png', 'b.png', 'c.png', 'd.png'])
  })
})
