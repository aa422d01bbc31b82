import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get } from '../client'
import type { Shape } from '../types'

export type ColumnValue = Shape<'Value'>

/** Returns what a column holds, most frequent first; the search narrows it. */
export const useColumnValues = (project: number, column: string, search: string, enabled: boolean) =>
  useQuery({
    queryKey: ['column-values', project, column, search],
    queryFn: ({ signal }) => get<Shape<'Values'>>('/api/dm/values/', { project, column, search }, signal),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
