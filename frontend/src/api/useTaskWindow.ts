import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { hasStatus } from './errors'
import { fetchTaskPage, type TaskSource, taskPageKey, useExactTotals } from './queries/tasks'
import type { Task, TaskPage } from './types'

/** While a large project is being indexed the server says so; it is asked again this often. */
const WAIT_MS = 1500
const MAX_WAITS = 400
/** While somebody flies through the table, pages are asked for this often at most. */
const REST_MS = 100

/** Pages (from 1) of a list that are needed. */
export interface Pages {
  /** Those that hold rows in sight. */
  readonly seen: readonly number[]
  /** Those in reach of a short scroll; asked for after the others. */
  readonly near: readonly number[]
}

const START: Pages = { seen: [1], near: [] }

/** Returns the pages that hold rows `first..last`, and their neighbors in reach of a short scroll. */
export const pagesAround = (first: number, last: number, total: number, size: number): Pages => {
  const end = Math.max(1, Math.ceil(total / size))
  const pageOf = (row: number) => Math.min(end, Math.max(1, Math.floor(row / size) + 1))
  const margin = size / 4
  const [from, to] = [pageOf(first), Math.max(pageOf(first), pageOf(last))]
  const seen = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  return { seen, near: [pageOf(first - margin), pageOf(last + margin)].filter((page) => page < from || page > to) }
}

const isSame = (one: Pages, other: Pages): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Holds the pages that are needed; a fast flight over many of them names those where it rests. */
const usePages = (total: number, size: number, source: TaskSource) => {
  const [held, setHeld] = useState({ source, pages: START })
  const rows = useRef({ first: 0, last: 0 })
  const current = useRef(held)
  const changed = useRef({ at: Number.NEGATIVE_INFINITY, timer: 0 })
  const update = useCallback(() => {
    const pages = pagesAround(rows.current.first, rows.current.last, total, size)
    if (current.current.source === source && isSame(current.current.pages, pages)) return
    current.current = { source, pages }
    changed.current.at = performance.now()
    setHeld(current.current)
  }, [total, size, source])
  const show = useCallback(
    (first: number, last: number) => {
      rows.current = { first, last }
      window.clearTimeout(changed.current.timer)
      const rest = changed.current.at + REST_MS - performance.now()
      if (rest <= 0) update()
      else changed.current.timer = window.setTimeout(update, rest)
    },
    [update],
  )
  useEffect(update, [update])
  useEffect(() => () => window.clearTimeout(changed.current.timer), [])
  return { pages: held.source === source ? held.pages : START, show }
}

export interface TaskWindow {
  total: number
  /** False while `total` is only a lower bound. */
  isExact: boolean
  isLoading: boolean
  error: Error | null
  /** Why the server cannot answer yet; it is asked again until it can. */
  delay: Error | null
  rowAt: (index: number) => Task | undefined
  indexOf: (id: number) => number | undefined
  /** Fetches the page of a row if it is not there yet. */
  fetchRow: (index: number) => Promise<Task | undefined>
  show: (first: number, last: number) => void
}

/** Reads a list of tasks by row index, fetching only the pages in sight and keeping those seen. */
export const useTaskWindow = (source: TaskSource): TaskWindow => {
  const client = useQueryClient()
  const size = source.pageSize
  const [known, setKnown] = useState({ source, total: 0, isExact: true })
  const before = known.source === source ? known.total : 0
  const { pages, show } = usePages(before, size, source)
  const pageOptions = useCallback(
    (page: number) => ({
      queryKey: taskPageKey(source, page),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchTaskPage(source, page, signal),
      staleTime: 30_000,
      retry: (attempt: number, error: Error) => hasStatus(error, 409) && attempt < MAX_WAITS,
      retryDelay: WAIT_MS,
    }),
    [source],
  )
  const areSeenThere = pages.seen.every((page) => client.getQueryData(taskPageKey(source, page)) !== undefined)
  const needed = useMemo(() => (areSeenThere ? [...pages.seen, ...pages.near] : pages.seen), [pages, areSeenThere])
  const answers = useQueries({ queries: needed.map(pageOptions) })
  const drawn = useRef(new Map<number, TaskPage | undefined>())
  drawn.current = new Map(needed.map((page, index) => [page, answers[index]?.data]))
  const fresh = (answers.find((answer) => answer.data && answer.data.tasks.length > 0) ?? answers[0])?.data
  const isBound = fresh?.total_is_exact === false
  const exact = useExactTotals(source.project, source.query, isBound)
  const total = (isBound ? exact.data?.total : undefined) ?? fresh?.total ?? before
  const isExact = !isBound || exact.data !== undefined
  if (total !== known.total || isExact !== known.isExact || source !== known.source)
    setKnown({ source, total, isExact })

  const pageOf = useCallback(
    (page: number) => drawn.current.get(page) ?? client.getQueryData<TaskPage>(taskPageKey(source, page)),
    [client, source],
  )
  const rowAt = useCallback(
    (index: number) => pageOf(Math.floor(index / size) + 1)?.tasks[index % size],
    [pageOf, size],
  )
  const indexOf = useCallback(
    (id: number) => {
      for (const page of needed) {
        const at = pageOf(page)?.tasks.findIndex((task) => task.id === id) ?? -1
        if (at >= 0) return (page - 1) * size + at
      }
      return undefined
    },
    [needed, pageOf, size],
  )
  const fetchRow = useCallback(
    async (index: number) => {
      const page = Math.floor(index / size) + 1
      return (await client.ensureQueryData(pageOptions(page))).tasks[index % size]
    },
    [client, pageOptions, size],
  )
  return {
    total,
    isExact,
    isLoading: total === 0 && answers.some((answer) => answer.isPending),
    error: answers.find((answer) => answer.error)?.error ?? null,
    delay: answers.find((answer) => answer.isPending && answer.failureReason)?.failureReason ?? null,
    rowAt,
    indexOf,
    fetchRow,
    show,
  }
}
