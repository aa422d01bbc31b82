import type { TFunction } from 'i18next'
import { type FilterGroup, type FilterItem, isGroup, type TaskQuery } from '@/api/queries/filters'
import type { Json } from '@/api/types'
import type { ColumnInfo } from '../columns'
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
    const shown = entry === 'times' ? shownTime : (one: Json | undefined) => String(one ?? '')
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
  return typeof value === 'string' ? `“${value}”` : String(value)
}

/** Returns a condition in words. */
export const conditionText = (item: FilterItem, words: Words): string => {
  const column = words.columns.get(columnOf(item))
  const operator = column && operatorOf(item, column)
  if (columnOf(item) === 'search') return words.t('data.filter.searched', { text: String(item.value) })
  const name = column?.title ?? columnOf(item).replace(/^data\./, '')
  const verb = operator ? words.t(`data.filter.operator.${operator.id}`) : item.operator
  if (operator?.entry === 'none') return `${name} ${verb}`
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
