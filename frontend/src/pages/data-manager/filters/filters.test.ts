import fc from 'fast-check'
import type { TFunction } from 'i18next'
import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FilterGroup, FilterItem } from '@/api/queries/filters'
import type { Column, Json } from '@/api/types'
import { startTexts } from '@/app/i18n'
import { readColumns } from '../columns'
import { addNode, completeOf, conditionsOf, readFilters, vanishedColumns, withNode } from './filterTree'
import { columnOf, conditionOn, isComplete, operatorOf, operatorsOf, readAgo } from './operators'
import { sentenceOf } from './sentence'

const given: [id: string, type: string, parent?: string][] = [
  ['text', 'String', 'data'],
  ['stars', 'Unknown', 'data'],
  ['id', 'Number'],
  ['created_at', 'Datetime'],
  ['is_labeled', 'Boolean'],
  ['annotators', 'List'],
  ['labels', 'Label'],
  ['search', 'String'],
  ['annotations_results', 'String'],
]
const columns = readColumns(
  given.map(([id, type, parent]): Column => ({ id, title: id, type, target: 'tasks', parent, project_defined: false })),
  'Status',
)
const byId = new Map(columns.map((column) => [column.id, column]))
const column = (id: string) => byId.get(id) as (typeof columns)[number]
const item = (id: string, operator: string, value: Json, type = 'String'): FilterItem => ({
  filter: `filter:tasks:${id}`,
  operator,
  type,
  value,
})
const root = (...items: FilterGroup['items']): FilterGroup => ({ conjunction: 'and', items })
let t: TFunction
beforeAll(() => {
  startTexts()
  t = i18next.t
})

describe('comparisons', () => {
  it('every comparison of every column is found again in the condition it makes', () => {
    for (const one of columns.filter(({ id }) => id !== 'status')) {
      for (const operator of operatorsOf(one)) {
        const made = conditionOn(one, operator)
        expect([one.id, operatorOf(made, one)?.id]).toEqual([one.id, operator.id])
        expect(columnOf(made)).toBe(one.id)
      }
    }
  })

  it('data is compared as text or as number', () => {
    const [more] = operatorsOf(column('data.stars')).filter(({ id }) => id === 'greater')
    expect(conditionOn(column('data.stars'), more)).toEqual(item('data.stars', 'greater', 0, 'Number'))
    expect(operatorOf(item('data.stars', 'equal', 3, 'Number'), column('data.stars'))?.id).toBe('equals_number')
    expect(operatorOf(item('data.stars', 'equal', '3'), column('data.stars'))?.id).toBe('equal')
  })

  it('a time is a moment or some days ago', () => {
    const ago = item('created_at', 'greater', 'now-12h', 'Datetime')
    expect(operatorOf(ago, column('created_at'))?.id).toBe('within')
    expect(operatorOf({ ...ago, value: '2026-11-01T00:00:00Z' }, column('created_at'))?.id).toBe('after')
    expect(readAgo('now-12h')).toEqual({ amount: 12, unit: 'h' })
    expect(readAgo(null)).toEqual({ amount: 7, unit: 'd' })
  })

  it('keeps the value when only the comparison changes', () => {
    const old = item('data.text', 'contains', 'rain')
    const [, without] = operatorsOf(column('data.text'))
    const [empty] = operatorsOf(column('data.text')).filter(({ id }) => id === 'is_empty')
    expect(conditionOn(column('data.text'), without, old)).toEqual(item('data.text', 'not_contains', 'rain'))
    expect(conditionOn(column('data.text'), empty, old).value).toBe(true)
    expect(conditionOn(column('search'), undefined, old).value).toBe('')
  })

  it.each([
    [item('data.text', 'contains', ''), 'text', false],
    [item('data.text', 'contains', 'a'), 'text', true],
    [item('id', 'in', { min: null, max: 4 }), 'range', true],
    [item('id', 'in', { min: null, max: null }), 'range', false],
    [item('annotators', 'contains', []), 'choice', false],
    [item('id', 'equal', 0), 'number', true],
    [item('data.text', 'empty', false), 'none', true],
  ] as const)('%j is complete: %s, %s', (one, entry, expected) => {
    expect(isComplete(one, entry)).toBe(expected)
  })
})

describe('the tree of conditions', () => {
  const a = item('data.text', 'contains', 'a')
  const b = item('id', 'greater', 5, 'Number')
  const nested = root(a, { conjunction: 'or', items: [b, a] })

  it('changes, adds and drops at any depth', () => {
    const changed = withNode(nested, [1, 0], item('id', 'less', 9, 'Number'))
    expect(conditionsOf(changed).map(({ operator }) => operator)).toEqual(['contains', 'less', 'contains'])
    expect(conditionsOf(withNode(nested, [1, 1], null))).toEqual([a, b])
    expect(addNode(nested, [1], a).items[1]).toEqual({ conjunction: 'or', items: [b, a, a] })
    expect(withNode(nested, [5, 0], null)).toEqual(nested)
  })

  it('asks only what is complete', () => {
    const open = root(a, item('data.text', 'contains', ''), {
      conjunction: 'or',
      items: [item('search', 'contains', '')],
    })
    expect(completeOf(open, byId)).toEqual(root(a))
  })

  it('names columns that are gone', () => {
    expect(vanishedColumns(root(a, item('data.old', 'equal', 'x'), item('data.old', 'equal', 'y')), byId)).toEqual([
      'data.old',
    ])
  })

  it('reads what was stored, and leaves out what is no filter', () => {
    expect(readFilters(JSON.parse(JSON.stringify(nested)))).toEqual(nested)
    expect(readFilters(null)).toEqual(root())
    expect(readFilters({ conjunction: 'xor', items: [1, null, { filter: 3 }, a] })).toEqual(root(a))
    const child = { ...a, child_filter: b }
    expect(readFilters({ conjunction: 'or', items: [child] })).toEqual({
      conjunction: 'or',
      items: [{ conjunction: 'and', items: [a, b] }],
    })
  })

  it('never fails on what an address may hold, and stays at most five deep', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Array.isArray(readFilters(value).items)).toBe(true)
      }),
    )
    let deep: FilterGroup = root(a)
    for (let level = 0; level < 20; level += 1) deep = root(deep)
    expect(conditionsOf(readFilters(deep))).toEqual([])
  })
})

describe('the sentence', () => {
  const words = () => ({ t, columns: byId, personName: (id: number) => (id === 4 ? 'Ada' : `#${id}`) })
  it.each<[FilterGroup, string[], string]>([
    [root(), [], 'All tasks.'],
    [root(item('data.text', 'contains', 'rain')), [], 'Tasks where text contains “rain”.'],
    [root(item('data.text', 'empty', true)), ['-tasks:id'], 'Tasks where text is empty, sorted by id downward.'],
    [
      root(item('id', 'in', { min: 3, max: 9 }, 'Number')),
      ['tasks:data.text'],
      'Tasks where id is between 3 and 9, sorted by text.',
    ],
    [root(item('created_at', 'greater', 'now-1d', 'Datetime')), [], 'Tasks where created_at is in the last 1 day.'],
    [root(item('annotators', 'contains', [4, 9], 'List')), [], 'Tasks where annotators contains Ada, #9.'],
    [root(item('is_labeled', 'equal', false, 'Boolean')), [], 'Tasks where is_labeled is no.'],
    [
      root(item('labels', 'contains', [{ label: 'Car', control: 'box' }], 'Label')),
      [],
      'Tasks where labels contains Car (box).',
    ],
    [root(item('data.gone', 'equal', 'x')), [], 'Tasks where gone is “x”.'],
    [root(item('data.stars.best', 'greater', 3, 'Number')), [], 'Tasks where stars.best is greater than 3.'],
    [root(item('nope', 'in', { min: 1, max: null }, 'Number')), [], 'Tasks where nope is between 1 and the end.'],
    [root(item('nope', 'empty', false)), [], 'Tasks where nope is not empty.'],
    [root(item('nope', 'odd', 7)), [], 'Tasks where nope odd 7.'],
    [root(item('id', 'in', { max: 5 }, 'Number')), [], 'Tasks where id is between the beginning and 5.'],
  ])('of %j by %j is %s', (filters, ordering, text) => {
    expect(sentenceOf({ filters, ordering }, words())).toBe(text)
  })

  it('says how conditions combine', () => {
    const inner: FilterGroup = {
      conjunction: 'or',
      items: [item('id', 'less', 3, 'Number'), item('id', 'greater', 9, 'Number')],
    }
    expect(sentenceOf({ filters: root(item('search', 'contains', 'a'), inner), ordering: [] }, words())).toBe(
      'Tasks where the data or an annotation contains “a” and (id is less than 3 or id is greater than 9).',
    )
    expect(sentenceOf({ filters: root({ ...inner, not: true }), ordering: [] }, words())).toBe(
      'Tasks where not (id is less than 3 or id is greater than 9).',
    )
  })
})
