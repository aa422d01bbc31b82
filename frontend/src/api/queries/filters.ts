import type { Json } from '../types'

/** One condition on a column, in the words of the API. */
export interface FilterItem {
  filter: string
  operator: string
  type: string
  value: Json
}

/** Conditions and groups of which all or one must hold, or none if `not` is set. */
export interface FilterGroup {
  conjunction: 'and' | 'or'
  not?: boolean
  items: readonly FilterNode[]
}

export type FilterNode = FilterItem | FilterGroup

/** Which tasks a table shows, and in which order. */
export interface TaskQuery {
  filters: FilterGroup
  ordering: readonly string[]
}

/** Tasks named one by one, or all but those named. */
export type SelectedItems = { all: true; excluded: number[] } | { all: false; included: number[] }

export const noFilters: FilterGroup = { conjunction: 'and', items: [] }
export const allTasks: TaskQuery = { filters: noFilters, ordering: [] }

export const isGroup = (node: FilterNode): node is FilterGroup => 'items' in node

export interface ChosenTasks {
  all: boolean
  ids: ReadonlySet<number>
}

/** Returns a selection without one of its tasks; null if none is left in it. */
export const withoutTask = (chosen: ChosenTasks, task: number | undefined): ChosenTasks | null => {
  if (task === undefined) return chosen
  const ids = new Set(chosen.ids)
  if (chosen.all) ids.add(task)
  else ids.delete(task)
  return chosen.all || ids.size > 0 ? { all: chosen.all, ids } : null
}

/** Returns a selection as the API takes it. */
export const selectedItems = ({ all, ids }: ChosenTasks): SelectedItems =>
  all ? { all, excluded: [...ids] } : { all, included: [...ids] }
