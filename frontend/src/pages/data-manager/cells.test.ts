import { expect, it } from 'vitest'
import type { Column } from '@/api/types'
import { makeTask } from '@/testing/records'
import { excerpt } from './excerpt'
import { statusOf } from './StatusCell'
import { tableColumns } from './tableColumns'

it.each([
  [{ is_labeled: true, total_annotations: 1 }, 'done'],
  [{ total_annotations: 1 }, 'started'],
  [{ cancelled_annotations: 1 }, 'skipped'],
  [{}, 'new'],
])('%j is %s', (fields, status) => {
  expect(statusOf(makeTask(fields))).toBe(status)
})

it('cuts long values to one line', () => {
  expect(excerpt('a\n  b\tc')).toBe('a b c')
  expect(excerpt({ a: [1] })).toBe('{"a":[1]}')
  expect(excerpt(null)).toBe('')
  expect(excerpt(0)).toBe('0')
  expect(excerpt('x'.repeat(100_000))).toHaveLength(241)
})

const column = (id: string, type: string, parent?: string): Column => ({ id, title: id, type, target: 'tasks', parent })
const columns = [column('image', 'Image', 'data'), column('text', 'String', 'data'), column('id', 'Number')]
const t = ((key: string) => key) as never

it('shows the data first, then what became of it', () => {
  const { columns: shown, rowHeight } = tableColumns(columns, t, false)
  expect(shown.map(({ id }) => id)).toEqual([
    'id',
    'data.image',
    'data.text',
    'status',
    'annotations',
    'predictions',
    'updated',
  ])
  expect(rowHeight).toBe(56)
})

it('beside an open task only the first value is left', () => {
  expect(tableColumns(columns, t, true).columns.map(({ id }) => id)).toEqual(['id', 'data.image'])
  expect(tableColumns([column('text', 'String', 'data')], t, true).rowHeight).toBe(40)
})
