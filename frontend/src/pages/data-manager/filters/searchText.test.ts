import { expect, it } from 'vitest'
import type { FilterGroup, FilterItem } from '@/api/queries/filters'
import { searchOf, withSearch } from './searchText'

const item = (filter: string, value: string): FilterItem => ({
  filter: `filter:tasks:${filter}`,
  operator: 'contains',
  type: 'String',
  value,
})
const all = (...items: FilterGroup['items']): FilterGroup => ({ conjunction: 'and', items })
const any = (...items: FilterGroup['items']): FilterGroup => ({ conjunction: 'or', items })
const [text, soup, fish] = [item('data.text', 'cold'), item('search', 'soup'), item('search', 'fish')]

it.each([
  ['nothing', all(), ''],
  ['other conditions', all(text), ''],
  ['a search beside others', all(text, soup), 'soup'],
  ['a search that need not hold', any(soup, text), ''],
  ['a search that must not hold', { ...all(soup), not: true }, ''],
])('%s looks for that text', (_name, filters, expected) => {
  expect(searchOf(filters)).toBe(expected)
})

it('is added, changed in its place, and taken away', () => {
  expect(withSearch(all(text), 'soup')).toEqual(all(soup, text))
  expect(withSearch(all(text, soup), 'fish')).toEqual(all(text, fish))
  expect(withSearch(all(text, soup), '')).toEqual(all(text))
  expect(withSearch(all(), '')).toEqual(all())
})

it('narrows alternatives instead of becoming one of them, and gives them back', () => {
  const negated = { ...all(text), not: true }
  for (const filters of [any(text, soup), negated]) {
    const narrowed = withSearch(filters, 'fish')
    expect(narrowed).toEqual(all(fish, filters))
    expect(searchOf(narrowed)).toBe('fish')
    expect(withSearch(narrowed, '')).toEqual(filters)
    expect(withSearch(filters, '')).toBe(filters)
  }
})
