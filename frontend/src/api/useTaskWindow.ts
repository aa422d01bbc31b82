import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { hasStatus } from './errors'
import { fetchTaskPage, type TaskSource, taskPageKey, useExactTotals } from './queries/tasks'
import type { Task, TaskPage } from './types'

/** While a large project is being indexed the server says so; it is asked again this often. */
const WAIT_MS = 1500
const MAX_WAITS = 400

/** Returns the pages (from 1) that hold rows `first..last`, and the neighbor in reach of a short scroll. */
export const pagesAround = (first: number, last: number, total: number, size: number): number[] => {
  const end = Math.max(1, Math.ceil(total / size))
  const margin = size / 4
  const from = Math.max(1, Math.floor((first - margin) / size) + 1)
  const to = Math.min(end, Math.floor((last + margin) / size) + 1)
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => Math.min(from, end) + index)
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
  const [range, setRange] = useState({ first: 0, last: 0 })
  const [known, setKnown] = useState({ source, total: 0, isExact: true })
  const before = known.source === source ? known.total : 0
  const pages = useMemo(() => pagesAround(range.first, range.last, before, size), [range, before, size])
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
  const answers = useQueries({ queries: pages.map(pageOptions) })
  const fresh = (answers.find((answer) => answer.data && answer.data.tasks.length > 0) ?? answers[0])?.data
  const isBound = fresh?.total_is_exact === false
  const exact = useExactTotals(source.project, source.query, isBound)
  const total = (isBound ? exact.data?.total : undefined) ?? fresh?.total ?? before
  const isExact = !isBound || exact.data !== undefined
  if (total !== known.total || isExact !== known.isExact || source !== known.source)
    setKnown({ source, total, isExact })

  const pageOf = useCallback(
    (page: number) => client.getQueryData<TaskPage>(taskPageKey(source, page)),
    [client, source],
  )
  const rowAt = useCallback(
    (index: number) => pageOf(Math.floor(index / size) + 1)?.tasks[index % size],
    [pageOf, size],
  )
  const indexOf = useCallback(
    (id: number) => {
      for (const page of pages) {
        const at = pageOf(page)?.tasks.findIndex((task) => task.id === id) ?? -1
        if (at >= 0) return (page - 1) * size + at
      }
      return undefined
    },
    [pages, pageOf, size],
  )
  const fetchRow = useCallback(
    async (index: number) => {
      const page = Math.floor(index / size) + 1
      return (await client.ensureQueryData(pageOptions(page))).tasks[index % size]
    },
    [client, pageOptions, size],
  )
  const show = useCallback((first: number, last: number) => {
    setRange((old) => (old.first === first && old.last === last ? old : { first, last }))
  }, [])
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
