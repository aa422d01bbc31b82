import { expect, it } from 'vitest'
import type { Column } from '@/api/types'
import { firstColumns, readColumns } from './columns'

const column = (id: string, type: string, fields: Partial<Column> = {}): Column => ({
  id,
  title: id,
  type,
  target: 'tasks',
  project_defined: false,
  ...fields,
})
const given = [
  column('image', 'Image', { parent: 'data' }),
  column('data', 'Unknown', { parent: 'data' }),
  column('id', 'Number'),
  column('total_annotations', 'Number'),
  column('annotators', 'List', { schema: { items: [4, 7] } }),
  column('created_at', 'Datetime'),
  column('avg_lead_time', 'Time'),
  column('draft_exists', 'Boolean'),
  column('predictions_model_versions', 'List'),
  column('labels', 'Label'),
  column('duplicate_region_count', 'Number'),
  column('data', 'List', { children: ['image', 'data'] }),
]
const columns = readColumns(given, 'Status')
const byId = new Map(columns.map((one) => [one.id, one]))

it('begins with id, status and data; the list of data keys is no column, a key called data is', () => {
  expect(columns.map(({ id }) => id).slice(0, 5)).toEqual([
    'id',
    'status',
    'data.image',
    'data.data',
    'total_annotations',
  ])
  expect(columns).toHaveLength(given.length)
})

it.each([
  ['data.image', 'text', 'data'],
  ['id', 'number', 'task'],
  ['annotators', 'people', 'annotations'],
  ['created_at', 'time', 'task'],
  ['avg_lead_time', 'number', 'annotations'],
  ['draft_exists', 'boolean', 'annotations'],
  ['predictions_model_versions', 'models', 'predictions'],
  ['labels', 'labels', 'annotations'],
  ['duplicate_region_count', 'number', 'quality'],
])('%s is of kind %s in group %s', (id, kind, group) => {
  expect(byId.get(id)).toMatchObject({ kind, group })
})

it('shows at first what most people need; filters that tasks do not carry are no columns', () => {
  expect(firstColumns(columns)).toEqual(['id', 'status', 'data.image', 'data.data', 'total_annotations', 'annotators'])
  expect(columns.filter((one) => !one.isShowable).map(({ id }) => id)).toEqual(['labels', 'duplicate_region_count'])
  expect(byId.get('annotators')?.items).toEqual([4, 7])
})

it('does not show more data than fits at first', () => {
  const wide = Array.from({ length: 30 }, (_, index) => column(`key${index}`, 'Unknown', { parent: 'data' }))
  expect(firstColumns(readColumns(wide, 'Status'))).toHaveLength(9)
})
