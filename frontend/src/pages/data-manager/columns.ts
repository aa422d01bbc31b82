import type { Column } from '@/api/types'

export type ValueKind = 'number' | 'text' | 'time' | 'boolean' | 'people' | 'models' | 'labels'

/** A column of the task table: what it shows, and how it filters and sorts. */
export interface ColumnInfo {
  /** As filters and orderings know it: `id`, `data.text`. */
  id: string
  title: string
  type: string
  kind: ValueKind
  group: 'data' | 'task' | 'annotations' | 'predictions' | 'quality'
  /** Values to choose from. */
  items: readonly (string | number)[]
  isShownAtFirst: boolean
  isSortable: boolean
  /** Whether tasks carry it, so that it can be a column. */
  isShowable: boolean
  help?: string
}

const KINDS: Record<string, ValueKind> = {
  Number: 'number',
  Time: 'number',
  Datetime: 'time',
  Boolean: 'boolean',
  Label: 'labels',
}
const PEOPLE = new Set(['annotators', 'updated_by'])
const FIRST = ['id', 'status']
const AT_FIRST = new Set(['total_annotations', 'total_predictions', 'annotators', 'updated_at'])
const FILTERS_ONLY = new Set(['search', 'labels', 'ground_truth', 'is_labeled', 'annotated_at'])
const MAX_DATA_COLUMNS = 8
const LINT =
  /^(region_count|smallest_area|largest_area|.*_region_count|.*_span_count|zero_length_count|out_of_bounds_count|lint_count)$/

const groupOf = (id: string, isData: boolean): ColumnInfo['group'] => {
  if (isData) return 'data'
  if (LINT.test(id)) return 'quality'
  if (/annot|draft|lead_time|labels|ground_truth|completed/.test(id)) return 'annotations'
  return id.includes('prediction') ? 'predictions' : 'task'
}

const kindOf = (column: Column, isData: boolean): ValueKind => {
  if (isData) return column.type === 'Number' ? 'number' : 'text'
  if (PEOPLE.has(column.id)) return 'people'
  if (column.id === 'predictions_model_versions') return 'models'
  return KINDS[column.type] ?? 'text'
}

/** Returns the columns of a project in the order they are first shown in: id, status, data, then the others. */
export const readColumns = (columns: readonly Column[], statusTitle: string): ColumnInfo[] => {
  let shownData = 0
  const found = columns
    .filter((column) => column.id !== 'data' || column.parent === 'data')
    .map((column): ColumnInfo => {
      const isData = column.parent === 'data'
      if (isData) shownData += 1
      const isLint = LINT.test(column.id)
      return {
        id: isData ? `data.${column.id}` : column.id,
        title: column.title,
        type: column.type,
        kind: kindOf(column, isData),
        group: groupOf(column.id, isData),
        items: column.schema?.items ?? [],
        isShownAtFirst: isData ? shownData <= MAX_DATA_COLUMNS : column.id === 'id' || AT_FIRST.has(column.id),
        isSortable: !FILTERS_ONLY.has(column.id),
        isShowable: !FILTERS_ONLY.has(column.id) && !isLint,
        help: column.help,
      }
    })
  const status: ColumnInfo = {
    id: 'status',
    title: statusTitle,
    type: 'Status',
    kind: 'boolean',
    group: 'task',
    items: [],
    isShownAtFirst: true,
    isSortable: false,
    isShowable: true,
  }
  const id = found.filter((column) => column.id === 'id')
  const data = found.filter((column) => column.group === 'data')
  return [...id, status, ...data, ...found.filter((column) => !FIRST.includes(column.id) && column.group !== 'data')]
}

/** Returns a column by its id; a key inside the data of a column (`data.user.name`) is a text column of its own. */
export const columnIn = (columns: ReadonlyMap<string, ColumnInfo>, id: string): ColumnInfo | undefined => {
  const found = columns.get(id)
  if (found || !id.startsWith('data.')) return found
  const name = id.slice('data.'.length)
  const [outer = ''] = name.split(/\.|__/)
  const around = outer === name ? undefined : columns.get(`data.${outer}`)
  return around && { ...around, id, title: name, type: 'Unknown', kind: 'text', items: [], isShownAtFirst: false }
}

/** Returns the ids of the columns that a table shows when nobody chose. */
export const firstColumns = (columns: readonly ColumnInfo[]): string[] =>
  columns.filter((column) => column.isShownAtFirst && column.isShowable).map((column) => column.id)
