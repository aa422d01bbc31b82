import type { TFunction } from 'i18next'
import { type FilterGroup, type FilterItem, isGroup, type TaskQuery } from '@/api/queries/filters'
import type { Json } from '@/api/types'
import { type ColumnInfo, columnIn } from '../columns'
import { columnOf, operatorOf, readAgo } from './operators'

/** What a sentence about filters needs to know of the project. */
export interface Words {
  t: TFunction
  columns: ReadonlyMap<string, ColumnInfo>
  personName: (id: number) => string
}

const shownTime = (value: Json | undefined): string => {
  const date = new Date(String(value ?? ''))
  return Number.isNaN(date.getTime())
    ? String(value ?? '')
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

/** Returns a label's value as text: its name, and its control where that was chosen. */
export const labelText = (value: Json): string => {
  if (Array.isArray(value)) return value.map(labelText).join(', ')
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  return value.control ? `${String(value.label)} (${String(value.control)})` : String(value.label ?? '')
}

/** An end of a range that was left out. */
const isOpen = (end: Json | undefined): boolean => end === undefined || end === null || end === ''

/** Operators of the API that are words by themselves: of keys inside the data, or of columns that are gone. */
const WORDS: ReadonlySet<string> = new Set(
  `contains not_contains equal not_equal starts_with ends_with regex greater greater_or_equal less less_or_equal in
  not_in in_list not_in_list`.split(/\s+/),
)

const verbOf = (item: FilterItem, known: string | undefined, { t }: Words): string => {
  if (known !== undefined) return t(`data.filter.operator.${known}`)
  if (item.operator === 'empty') {
    return t(`data.filter.operator.${String(item.value) === 'false' ? 'is_not_empty' : 'is_empty'}`)
  }
  return WORDS.has(item.operator) ? t(`data.filter.operator.${item.operator}`) : item.operator
}

const shownValue = (
  item: FilterItem,
  entry: string | undefined,
  column: ColumnInfo | undefined,
  words: Words,
): string => {
  const { value } = item
  const { t } = words
  if (entry === 'ago') {
    const { amount, unit } = readAgo(value)
    return t(`data.filter.ago.${unit}`, { count: amount })
  }
  if (entry === 'range' || entry === 'times') {
    const { min, max } = (value ?? {}) as { min?: Json; max?: Json }
    const shown = (one: Json | undefined) => (entry === 'times' ? shownTime(one) : String(one))
    if (isOpen(min)) return t('data.filter.until', { max: shown(max) })
    if (isOpen(max)) return t('data.filter.since', { min: shown(min) })
    return t('data.filter.range', { min: shown(min), max: shown(max) })
  }
  if (entry === 'time') return shownTime(value)
  if (entry === 'label') return labelText(value)
  if (column?.kind === 'people')
    return [value]
      .flat()
      .map((id) => words.personName(Number(id)))
      .join(', ')
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object' && value !== null && ('min' in value || 'max' in value)) {
    return shownValue(item, 'range', column, words)
  }
  return typeof value === 'string' ? `“${value}”` : String(value)
}

/** Returns a condition in words. */
export const conditionText = (item: FilterItem, words: Words): string => {
  const column = columnIn(words.columns, columnOf(item))
  const operator = column && operatorOf(item, column)
  if (columnOf(item) === 'search') return words.t('data.filter.searched', { text: String(item.value) })
  const name = column?.title ?? columnOf(item).replace(/^data\./, '')
  const verb = verbOf(item, operator?.id, words)
  if (operator?.entry === 'none' || item.operator === 'empty') return `${name} ${verb}`
  return `${name} ${verb} ${shownValue(item, operator?.entry, column, words)}`
}

const groupText = (group: FilterGroup, words: Words, isInner: boolean): string => {
  const parts = group.items.map((node) => (isGroup(node) ? groupText(node, words, true) : conditionText(node, words)))
  const text = parts.join(` ${words.t(`data.filter.${group.conjunction}`)} `)
  const inner = isInner && parts.length > 1 ? `(${text})` : text
  return group.not ? words.t('data.filter.not', { text: isInner ? inner : `(${text})` }) : inner
}

/** Returns what a table shows and in which order, as one sentence. */
export const sentenceOf = ({ filters, ordering }: TaskQuery, words: Words): string => {
  const { t, columns } = words
  const where =
    filters.items.length === 0
      ? t('data.filter.all')
      : t('data.filter.where', { text: groupText(filters, words, false) })
  const orders = ordering.map((order) => {
    const id = order.replace(/^-/, '').replace(/^tasks:-?/, '')
    const isDown = order.startsWith('-') || order.startsWith('tasks:-')
    return t(isDown ? 'data.filter.down' : 'data.filter.up', { column: columns.get(id)?.title ?? id })
  })
  return orders.length === 0 ? `${where}.` : `${where}, ${t('data.filter.sorted', { text: orders.join(', ') })}.`
}
