import { expect, it } from 'vitest'
import type { Template } from '@/api/types'
import { sampleData, sampleTasks } from './sampleTasks'
import { shownTemplates } from './shownTemplates'

const template = (title: string, group: string, order: number | null, type = 'community'): Template => ({
  id: title,
  title,
  group,
  order,
  type,
  image: '',
  details: '',
  config: '',
  sample_data: [],
})
const all = [
  template('Masks', 'Vision', null),
  template('Boxes', 'Vision', 1),
  template('Keypoints', 'Vision', null),
  template('Entities', 'Text', 1),
  template('Scans', 'Vision', 0, 'enterprise'),
]
const titles = (group: string | null, search: string) => shownTemplates(all, group, search).map(({ title }) => title)

it('shows a group in its order, the unordered by name', () => {
  expect(titles('Vision', '')).toEqual(['Boxes', 'Keypoints', 'Masks'])
})

it('finds by title and group over all groups', () => {
  expect(titles(null, ' TEXT ')).toEqual(['Entities'])
  expect(titles(null, 'ks')).toEqual(['Masks'])
  expect(titles(null, 'nothing')).toEqual([])
})

it.each([
  [null, []],
  [undefined, []],
  [{}, []],
  ['text', []],
  [{ text: 'a' }, [{ text: 'a' }]],
  [
    [{ text: 'a' }, null, { text: 'b' }],
    [{ text: 'a' }, { text: 'b' }],
  ],
])('the sample %j stands for tasks %j', (sample, tasks) => {
  expect(sampleTasks(sample)).toEqual(tasks)
})

it.each([
  [{ text: 'a' }, { text: 'a' }],
  [{ data: { text: 'a' }, annotations: [] }, { text: 'a' }],
  [{ data: 'a' }, { data: 'a' }],
  [undefined, null],
  ['text', null],
])('the data of the sample task %j are %j', (task, data) => {
  expect(sampleData(task)).toEqual(data)
})
