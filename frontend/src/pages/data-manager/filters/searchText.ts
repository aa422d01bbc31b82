import { type FilterGroup, type FilterItem, type FilterNode, isGroup } from '@/api/queries/filters'

const SEARCH = 'filter:tasks:search'
const isSearch = (node: FilterNode): node is FilterItem => !isGroup(node) && node.filter === SEARCH
const holdsAll = (filters: FilterGroup): boolean => filters.conjunction === 'and' && filters.not !== true

/** Returns the text that every shown task must hold. */
export const searchOf = (filters: FilterGroup): string =>
  holdsAll(filters) ? String(filters.items.find(isSearch)?.value ?? '') : ''

/** Returns the filters with another text to look for; an empty one takes it away. All else must hold as before. */
export const withSearch = (filters: FilterGroup, text: string): FilterGroup => {
  const search: FilterItem = { filter: SEARCH, operator: 'contains', type: 'String', value: text }
  if (!holdsAll(filters)) return text === '' ? filters : { conjunction: 'and', items: [search, filters] }
  const at = filters.items.findIndex(isSearch)
  const rest = filters.items.filter((_node, index) => index !== at)
  if (text !== '') {
    const items = at < 0 ? [search, ...rest] : filters.items.map((node, index) => (index === at ? search : node))
    return { ...filters, items }
  }
  const [only] = rest
  return rest.length === 1 && only && isGroup(only) ? only : { ...filters, items: rest }
}
