import { noFilters, type TaskQuery } from '@/api/queries/filters'
import type { ViewData } from '@/api/queries/views'
import { readFilters } from '../filters/filterTree'

/** What a table shows: the part that views store and addresses carry. */
export interface TableState extends TaskQuery {
  /** Columns in their order; `null`: those that are shown at first. */
  columns: readonly string[] | null
  layout: 'table' | 'grid'
}

/** What differs from the view, as the address carries it. Short keys keep links short. */
export interface Changes {
  f?: TableState['filters']
  o?: readonly string[]
  c?: readonly string[]
  g?: 0 | 1
}

export const plainState: TableState = { filters: noFilters, ordering: [], columns: null, layout: 'table' }

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((part): part is string => typeof part === 'string') : []
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Returns the changes in an address; anything else in it is left out. */
export const readChanges = (value: unknown): Changes | undefined => {
  if (!isRecord(value)) return undefined
  const changes: Changes = {
    ...(isRecord(value.f) && { f: readFilters(value.f) }),
    ...(Array.isArray(value.o) && { o: texts(value.o) }),
    ...(Array.isArray(value.c) && { c: texts(value.c) }),
    ...((value.g === 0 || value.g === 1) && { g: value.g }),
  }
  return Object.keys(changes).length > 0 ? changes : undefined
}

const PREFIX = 'tasks:'
const bare = (column: string): string => column.replace(PREFIX, '')

/** Returns what a stored view shows. Columns it does not know of follow those it names. */
export const stateOf = (data: ViewData | undefined, known: readonly string[]): TableState => {
  if (!data) return plainState
  const hidden = new Set(texts(isRecord(data.hiddenColumns) ? data.hiddenColumns.explore : []).map(bare))
  const order = texts(data.columnOrder)
  const rest = known.filter((id) => !order.includes(id) && !hidden.has(id))
  const columns = order.length > 0 ? order : hidden.size > 0 ? rest : null
  return {
    filters: readFilters(data.filters),
    ordering: texts(data.ordering),
    columns,
    layout: data.type === 'grid' ? 'grid' : 'table',
  }
}

/** Returns the state of a view with the changes that an address makes. */
export const withChanges = (state: TableState, changes: Changes | undefined): TableState => ({
  filters: changes?.f ?? state.filters,
  ordering: changes?.o ?? state.ordering,
  columns: changes?.c ?? state.columns,
  layout: changes?.g === undefined ? state.layout : changes.g === 1 ? 'grid' : 'table',
})

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Returns what of `state` differs from the view; nothing: it is the view as it is stored. */
export const changesOf = (state: TableState, stored: TableState): Changes | undefined => {
  const changes: Changes = {
    ...(!isSame(state.filters, stored.filters) && { f: state.filters }),
    ...(!isSame(state.ordering, stored.ordering) && { o: state.ordering }),
    ...(state.columns !== null && !isSame(state.columns, stored.columns) && { c: state.columns }),
    ...(state.layout !== stored.layout && { g: state.layout === 'grid' ? (1 as const) : (0 as const) }),
  }
  return Object.keys(changes).length > 0 ? changes : undefined
}

/** Returns a view's data that shows `state`, keeping what else it holds. */
export const dataOf = (state: TableState, known: readonly string[], old: ViewData = {}): ViewData => ({
  ...old,
  type: state.layout === 'grid' ? 'grid' : 'list',
  target: 'tasks',
  filters: state.filters,
  ordering: [...state.ordering],
  ...(state.columns !== null && {
    columnOrder: [...state.columns],
    hiddenColumns: {
      explore: known.filter((id) => !state.columns?.includes(id)).map((id) => `${PREFIX}${id}`),
      labeling: isRecord(old.hiddenColumns) ? texts(old.hiddenColumns.labeling) : [],
    },
  }),
})

/** Returns the ordering after a click on a heading: up, then down, then none. */
export const toggledOrder = (ordering: readonly string[], column: string): string[] => {
  const [first] = ordering
  if (first === `${PREFIX}${column}`) return [`-${PREFIX}${column}`]
  return first === `-${PREFIX}${column}` ? [] : [`${PREFIX}${column}`]
}

/** Returns how a column is sorted, if it is. */
export const sortOf = (ordering: readonly string[], column: string): 'ascending' | 'descending' | undefined => {
  if (ordering.includes(`${PREFIX}${column}`)) return 'ascending'
  return ordering.includes(`-${PREFIX}${column}`) ? 'descending' : undefined
}
