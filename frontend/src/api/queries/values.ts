import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get, post } from '../client'
import type { Shape } from '../types'
import type { FilterGroup } from './filters'

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

/** Returns what is wrong with single conditions of filters, such as a pattern that nobody can read. */
export const useFilterProblems = (project: number, filters: FilterGroup) =>
  useQuery({
    queryKey: ['filter-problems', project, filters],
    queryFn: async () => (await post<Shape<'Explained'>>('/api/dm/explain/', { project, filters })).problems,
    enabled: filters.items.length > 0,
    staleTime: 60_000,
    retry: false,
  })
