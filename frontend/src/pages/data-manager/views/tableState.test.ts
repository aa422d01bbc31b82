import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noFilters } from '@/api/queries/filters'
import { moved, movedTo } from '../toolbar/moved'
import { changesOf, dataOf, plainState, readChanges, sortOf, stateOf, toggledOrder, withChanges } from './tableState'

const known = ['id', 'data.text', 'updated_at']
const filters = {
  conjunction: 'or' as const,
  items: [{ filter: 'filter:tasks:id', operator: 'less', type: 'Number', value: 9 }],
}

describe('a stored view', () => {
  it('is what it was saved as', () => {
    const state = { filters, ordering: ['-tasks:id'], columns: ['updated_at', 'id'], layout: 'grid' as const }
    const data = dataOf(state, known, { title: 'Mine', gridWidth: 4 })
    expect(data).toEqual({
      title: 'Mine',
      gridWidth: 4,
      type: 'grid',
      target: 'tasks',
      filters,
      ordering: ['-tasks:id'],
      columnOrder: ['updated_at', 'id'],
      hiddenColumns: { explore: ['tasks:data.text'], labeling: [] },
    })
    expect(stateOf(data, known)).toEqual(state)
  })

  it('of another client hides columns by name', () => {
    const data = { hiddenColumns: { explore: ['tasks:id'], labeling: [] }, type: 'list' }
    expect(stateOf(data, known).columns).toEqual(['data.text', 'updated_at'])
    expect(stateOf({}, known)).toEqual(plainState)
    expect(stateOf(undefined, known)).toEqual(plainState)
  })

  it('that holds nonsense shows all tasks', () => {
    const data = { filters: 'x', ordering: 5, hiddenColumns: [], columnOrder: {} } as never
    expect(stateOf(data, known)).toEqual(plainState)
  })
})

describe('what an address changes', () => {
  it('is nothing for the view itself', () => {
    expect(changesOf(plainState, plainState)).toBeUndefined()
    expect(withChanges(plainState, undefined)).toEqual(plainState)
  })

  it('is only what differs, and leads back to the same table', () => {
    const state = { ...plainState, filters, layout: 'grid' as const }
    const changes = changesOf(state, plainState)
    expect(changes).toEqual({ f: filters, g: 1 })
    expect(withChanges(plainState, readChanges(JSON.parse(JSON.stringify(changes))))).toEqual(state)
  })

  it('can also take away what the view has', () => {
    const stored = { filters, ordering: ['tasks:id'], columns: ['id'], layout: 'grid' as const }
    const bare = { filters: noFilters, ordering: [], columns: ['id', 'data.text'], layout: 'table' as const }
    expect(withChanges(stored, readChanges(changesOf(bare, stored)))).toEqual(bare)
  })

  it('is read from anything without failing', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => withChanges(plainState, readChanges(value)).columns !== undefined))
    expect(readChanges({ o: ['a', 5], g: 7 })).toEqual({ o: ['a'] })
  })
})

it('a heading sorts up, then down, then not', () => {
  const up = toggledOrder([], 'id')
  const down = toggledOrder(up, 'id')
  expect([up, down, toggledOrder(down, 'id')]).toEqual([['tasks:id'], ['-tasks:id'], []])
  expect(toggledOrder(down, 'data.text')).toEqual(['tasks:data.text'])
  expect([sortOf(up, 'id'), sortOf(down, 'id'), sortOf([], 'id')]).toEqual(['ascending', 'descending', undefined])
})

it('entries move, at most to the ends', () => {
  expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b'])
  expect(movedTo(['a', 'b', 'c'], 'a', 'c')).toEqual(['b', 'c', 'a'])
  expect(movedTo(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b'])
})
