import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { fetchTaskPage, PAGE_SIZE, taskPageKey } from './queries/tasks'
import type { Task, TaskPage } from './types'

/** Returns the pages (from 1) that hold rows `first..last`, and the neighbor in reach of a short scroll. */
export const pagesAround = (first: number, last: number, total: number): number[] => {
  const end = Math.max(1, Math.ceil(total / PAGE_SIZE))
  const margin = PAGE_SIZE / 4
  const from = Math.max(1, Math.floor((first - margin) / PAGE_SIZE) + 1)
  const to = Math.min(end, Math.floor((last + margin) / PAGE_SIZE) + 1)
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => Math.min(from, end) + index)
}

export interface TaskWindow {
  total: number
  isLoading: boolean
  error: Error | null
  rowAt: (index: number) => Task | undefined
  show: (first: number, last: number) => void
}

/** Reads a project's tasks by row index, fetching only the pages in sight and keeping those seen. */
export const useTaskWindow = (project: number): TaskWindow => {
  const client = useQueryClient()
  const [range, setRange] = useState({ first: 0, last: 0 })
  const [known, setKnown] = useState(0)
  const pages = useMemo(() => pagesAround(range.first, range.last, known), [range, known])
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: taskPageKey(project, page),
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchTaskPage(project, page, signal),
      staleTime: 30_000,
    })),
  })
  const fresh = answers.find((answer) => answer.data && answer.data.tasks.length > 0) ?? answers[0]
  const total = fresh?.data?.total ?? known
  if (total !== known) setKnown(total)

  const rowAt = useCallback(
    (index: number) => {
      const page = Math.floor(index / PAGE_SIZE) + 1
      return client.getQueryData<TaskPage>(taskPageKey(project, page))?.tasks[index % PAGE_SIZE]
    },
    [client, project],
  )
  const show = useCallback((first: number, last: number) => {
    setRange((old) => (old.first === first && old.last === last ? old : { first, last }))
  }, [])
  return {
    total,
    isLoading: known === 0 && answers.some((answer) => answer.isPending),
    error: answers.find((answer) => answer.error)?.error ?? null,
    rowAt,
    show,
  }
}
