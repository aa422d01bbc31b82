import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get } from '../client'
import type { Json } from '../types'

export interface ColumnValue {
  value: Json
  title: string
  count: number
}

/** Returns what a column holds, most frequent first; the search narrows it. */
export const useColumnValues = (project: number, column: string, search: string, enabled: boolean) =>
  useQuery({
    queryKey: ['column-values', project, column, search],
    queryFn: ({ signal }) =>
      get<{ values: ColumnValue[]; is_complete: boolean }>('/api/dm/values/', { project, column, search }, signal),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
