import type { FilterItem } from '@/api/queries/filters'
import type { Json } from '@/api/types'
import type { ColumnInfo, ValueKind } from '../columns'

/** What the value of a condition is, which decides how it is entered. */
export type Entry = 'none' | 'text' | 'number' | 'range' | 'list' | 'time' | 'times' | 'ago' | 'choice' | 'label'

/** A comparison that a person chooses; several may be one operator of the API with different values. */
export interface Operator {
  id: string
  /** As the API calls it. */
  wire: string
  entry: Entry
  initial: Json
  /** How the value is compared, where that differs from the column's own kind. */
  type?: string
}

const operator = (id: string, entry: Entry, initial: Json, wire = id): Operator => ({ id, wire, entry, initial })
const empties = [operator('is_empty', 'none', true, 'empty'), operator('is_not_empty', 'none', false, 'empty')]

const numbers = [
  operator('equal', 'number', 0),
  operator('not_equal', 'number', 0),
  operator('greater', 'number', 0),
  operator('greater_or_equal', 'number', 0),
  operator('less', 'number', 0),
  operator('less_or_equal', 'number', 0),
  operator('in', 'range', { min: 0, max: 1 }),
  operator('not_in', 'range', { min: 0, max: 1 }),
  operator('in_list', 'list', []),
  operator('not_in_list', 'list', []),
  ...empties,
]
const texts = [
  operator('contains', 'text', ''),
  operator('not_contains', 'text', ''),
  operator('equal', 'text', ''),
  operator('not_equal', 'text', ''),
  operator('starts_with', 'text', ''),
  operator('ends_with', 'text', ''),
  operator('regex', 'text', ''),
  operator('in_list', 'list', []),
  operator('not_in_list', 'list', []),
  ...empties,
]
/** Data that no tag shows may be numbers as well. */
const dataNumbers = [
  operator('equals_number', 'number', 0, 'equal'),
  operator('greater', 'number', 0),
  operator('greater_or_equal', 'number', 0),
  operator('less', 'number', 0),
  operator('less_or_equal', 'number', 0),
  operator('in', 'range', { min: 0, max: 1 }),
  operator('not_in', 'range', { min: 0, max: 1 }),
].map((one) => ({ ...one, type: 'Number' }))
const dataValues = [...texts, ...dataNumbers]
const times = [
  operator('within', 'ago', 'now-7d', 'greater'),
  operator('before_last', 'ago', 'now-7d', 'less'),
  operator('after', 'time', '', 'greater'),
  operator('before', 'time', '', 'less'),
  operator('between', 'times', { min: '', max: '' }, 'in'),
  operator('not_between', 'times', { min: '', max: '' }, 'not_in'),
  ...empties,
]
const yesNo = [operator('is_true', 'none', true, 'equal'), operator('is_false', 'none', false, 'equal')]
const choices = [operator('contains', 'choice', null), operator('not_contains', 'choice', null), ...empties]
const labels = [operator('contains', 'label', ''), operator('not_contains', 'label', ''), ...empties]
const search = [operator('contains', 'text', '')]

const BY_KIND: Record<ValueKind, readonly Operator[]> = {
  number: numbers,
  text: texts,
  time: times,
  boolean: yesNo,
  people: choices,
  models: choices,
  labels,
}
/** Who asks for slips wants those that are there. */
const slips = [...numbers].sort((one, other) => Number(other.id === 'greater') - Number(one.id === 'greater'))
const RESULTS = new Set(['annotations_results', 'predictions_results', 'annotations_ids'])
const AGO = /^now-(\d+)([mhdw])$/

/** Returns the comparisons that a column knows; data also as a number, as it may hold one. */
export const operatorsOf = (column: ColumnInfo): readonly Operator[] => {
  if (column.id === 'search') return search
  if (RESULTS.has(column.id))
    return texts.filter(({ id }) => !['starts_with', 'ends_with', 'in_list', 'not_in_list'].includes(id))
  if (column.group === 'data' && column.kind === 'text') return dataValues
  if (column.group === 'quality') return slips
  return BY_KIND[column.kind]
}

const isSame = (one: Operator, item: FilterItem): boolean => {
  if (one.wire !== item.operator || (one.type !== undefined && one.type !== item.type)) return false
  if (one.type === undefined && item.type === 'Number' && one.entry === 'text') return false
  if (one.entry === 'none') return String(one.initial) === String(item.value)
  return (one.entry === 'ago') === (typeof item.value === 'string' && AGO.test(item.value))
}

/** Returns the comparison that a condition stands for. */
export const operatorOf = (item: FilterItem, column: ColumnInfo): Operator | undefined =>
  operatorsOf(column).find((one) => isSame(one, item)) ?? operatorsOf(column).find((one) => one.wire === item.operator)

const TYPES: Record<ValueKind, string> = {
  number: 'Number',
  text: 'String',
  time: 'Datetime',
  boolean: 'Boolean',
  people: 'List',
  models: 'List',
  labels: 'Label',
}
const PREFIX = 'filter:tasks:'

/** Returns the column of a condition. */
export const columnOf = (item: FilterItem): string => item.filter.replace(PREFIX, '')

/** Returns a fresh condition on a column; a value of the same entry is kept. */
export const conditionOn = (column: ColumnInfo, chosen?: Operator, old?: FilterItem): FilterItem => {
  const [first] = operatorsOf(column)
  const next = chosen ?? (first as Operator)
  const before = old && columnOf(old) === column.id ? operatorOf(old, column) : undefined
  const keeps = before !== undefined && before.entry === next.entry && next.entry !== 'none'
  return {
    filter: `${PREFIX}${column.id}`,
    operator: next.wire,
    type: next.type ?? TYPES[column.kind],
    value: keeps && old ? old.value : next.initial,
  }
}

const isBlank = (value: Json | undefined): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** Tells whether a condition says enough to be asked. */
export const isComplete = (item: FilterItem, entry: Entry | undefined): boolean => {
  if (entry === undefined || entry === 'none') return true
  if (entry === 'range' || entry === 'times') {
    const range = item.value as { min?: Json; max?: Json } | null
    return range !== null && (!isBlank(range.min) || !isBlank(range.max))
  }
  return !isBlank(item.value)
}

/** Returns number and unit of a time such as `now-7d`. */
export const readAgo = (value: Json): { amount: number; unit: string } => {
  const found = AGO.exec(String(value))
  return { amount: Number(found?.[1] ?? 7), unit: found?.[2] ?? 'd' }
}
