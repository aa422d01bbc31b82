import { type FilterGroup, type FilterItem, type FilterNode, isGroup, noFilters } from '@/api/queries/filters'
import { type ColumnInfo, columnIn } from '../columns'
import { columnOf, isComplete, operatorOf } from './operators'

/** Groups inside groups, at most. */
export const MAX_DEPTH = 5

/** The way to a condition or group: the place in each group, from the outermost. */
export type Path = readonly number[]

/** Returns the group with the node at `path` replaced, or left out for `null`. */
export const withNode = (group: FilterGroup, path: Path, node: FilterNode | null): FilterGroup => {
  const [at, ...rest] = path
  if (at === undefined) return node !== null && isGroup(node) ? node : noFilters
  const items = group.items.flatMap((old, index): FilterNode[] => {
    if (index !== at) return [old]
    if (rest.length > 0) return isGroup(old) ? [withNode(old, rest, node)] : [old]
    return node === null ? [] : [node]
  })
  return { ...group, items }
}

/** Returns the group with a node added at the end of the group at `path`. */
export const addNode = (group: FilterGroup, path: Path, node: FilterNode): FilterGroup => {
  const [at, ...rest] = path
  if (at === undefined) return { ...group, items: [...group.items, node] }
  const items = group.items.map((old, index) => (index === at && isGroup(old) ? addNode(old, rest, node) : old))
  return { ...group, items }
}

/** Returns all conditions of a group, also those inside its groups. */
export const conditionsOf = (group: FilterGroup): FilterItem[] =>
  group.items.flatMap((node) => (isGroup(node) ? conditionsOf(node) : [node]))

/** Returns the group without conditions that are still being entered, and without groups that are then empty. */
export const completeOf = (group: FilterGroup, columns: ReadonlyMap<string, ColumnInfo>): FilterGroup => {
  const items = group.items.flatMap((node): FilterNode[] => {
    if (isGroup(node)) {
      const inner = completeOf(node, columns)
      return inner.items.length > 0 ? [inner] : []
    }
    const column = columnIn(columns, columnOf(node))
    return isComplete(node, column && operatorOf(node, column)?.entry) ? [node] : []
  })
  return { ...group, items }
}

/** Returns the columns that conditions are about but the project has no longer. */
export const vanishedColumns = (group: FilterGroup, columns: ReadonlyMap<string, ColumnInfo>): string[] => [
  ...new Set(
    conditionsOf(group)
      .map(columnOf)
      .filter((id) => !columnIn(columns, id)),
  ),
]

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Returns the filters in something that was stored or sent; what is not a filter is left out. */
export const readFilters = (value: unknown, depth = 0): FilterGroup => {
  if (!isRecord(value) || !Array.isArray(value.items)) return noFilters
  const items = value.items.flatMap((node: unknown): FilterNode[] => {
    if (!isRecord(node)) return []
    if (Array.isArray(node.items)) return depth < MAX_DEPTH - 1 ? [readFilters(node, depth + 1)] : []
    if (typeof node.filter !== 'string' || typeof node.operator !== 'string') return []
    const { filter, operator, type, value: wanted, child_filter: child } = node
    const item: FilterItem = {
      filter,
      operator,
      type: String(type ?? 'String'),
      value: (wanted ?? null) as FilterItem['value'],
    }
    const inner = isRecord(child) ? readFilters({ conjunction: 'and', items: [child] }, depth + 1).items : []
    return inner.length > 0 ? [{ conjunction: 'and', items: [item, ...inner] }] : [item]
  })
  return { conjunction: value.conjunction === 'or' ? 'or' : 'and', ...(value.not === true && { not: true }), items }
}
