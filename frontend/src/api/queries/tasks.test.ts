import { afterEach, beforeEach, expect, it } from 'vitest'
import { FakeServer } from '@/testing/fakeServer'
import { makeJob } from '@/testing/fakeTable'
import { startAction, undoJob } from './actions'
import { allTasks, type FilterGroup, selectedItems, type TaskQuery, withoutTask } from './filters'
import { peekNextTask } from './stream'
import { fetchNextOf, fetchNextTask, fetchTaskPage, queryText, type TaskSource, thumbnailOf } from './tasks'
import { storeView, ViewChangedError } from './views'

let server: FakeServer
let leave: () => void
beforeEach(() => {
  server = new FakeServer()
  leave = server.install()
})
afterEach(() => leave())

const source = (project: number, query: TaskQuery = allTasks): TaskSource => ({
  project,
  query,
  pageSize: 100,
  isFull: false,
})
const containing = (text: string): FilterGroup => ({
  conjunction: 'and',
  items: [{ filter: 'filter:tasks:data.text', operator: 'contains', type: 'String', value: text }],
})

it('a page past the end is empty, but a project that is gone is an error', async () => {
  server.addTasks(3, 120)
  expect((await fetchTaskPage(source(3), 2)).tasks).toHaveLength(20)
  expect(await fetchTaskPage(source(3), 9)).toEqual({ total: 0, total_annotations: 0, total_predictions: 0, tasks: [] })
  server.troubles.push(404)
  await expect(fetchTaskPage(source(3), 1)).rejects.toMatchObject({ status: 404 })
})

it('asks what the table asks, and nothing for all tasks', async () => {
  server.addTasks(3, 12)
  const query = { filters: containing('text 1'), ordering: ['-tasks:id'] }
  const page = await fetchTaskPage(source(3, query), 1)
  expect(page.tasks.map((task) => task.inner_id)).toEqual([12, 11, 10, 1])
  expect(queryText(allTasks)).toBeUndefined()
  await fetchTaskPage(source(3), 1)
  expect(server.seen.map((seen) => seen.query.has('query'))).toEqual([true, false])
})

it('an action touches what is chosen among what is filtered, and is taken back', async () => {
  const ids = server.addTasks(3, 12).map(({ id }) => id)
  const target = {
    project: 3,
    query: { filters: containing('text 1'), ordering: [] },
    chosen: { all: true, ids: new Set([ids[0] as number]) },
  }
  const { job } = await startAction(target, { id: 'delete_tasks' }, {})
  expect(server.tasks.map((task) => task.inner_id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(server.seen[0]?.query.get('mode')).toBe('job')
  expect((await undoJob(3, job?.id ?? '')).restored).toBe(3)
  expect(server.tasks.map(({ id }) => id)).toEqual(ids)
})

it('waits for a job that takes back much, and hears why it could not', async () => {
  const done = makeJob('undo-big', 3, { restored: 2300, passed_over: 4 })
  server.jobs.set('undo-big', done)
  expect(await undoJob(3, 'big')).toEqual({ restored: 2300, passed_over: 4 })
  server.jobs.set('undo-big', { ...done, state: 'failed', error: 'The label config was changed since.' })
  await expect(undoJob(3, 'big')).rejects.toThrow('The label config was changed since.')
})

it('a selection says who is in, or who is out', () => {
  expect(selectedItems({ all: false, ids: new Set([4, 7]) })).toEqual({ all: false, included: [4, 7] })
  expect(selectedItems({ all: true, ids: new Set([4]) })).toEqual({ all: true, excluded: [4] })
})

it('hands out the next task, or nothing when none is left', async () => {
  const [task] = server.addTasks(3, 1)
  expect((await fetchNextTask(3))?.id).toBe(task?.id)
  server.addAnnotation(task as NonNullable<typeof task>)
  expect(await fetchNextTask(3)).toBeNull()
})

it('hands out the next of those chosen', async () => {
  const [, second] = server.addTasks(3, 3)
  const only = { all: false, ids: new Set([second?.id as number]) }
  expect((await fetchNextOf(3, allTasks, only))?.id).toBe(second?.id)
  expect(await fetchNextOf(3, allTasks, { all: false, ids: new Set() })).toBeNull()
})

it('names where small pictures are', () => {
  expect(thumbnailOf(5, 'image a')).toBe('/api/tasks/5/thumbnail/?key=image+a&size=128')
})

it('a view is not stored over what somebody else stored meanwhile', async () => {
  const view = { id: 9, data: { title: 'Mine' }, order: 0, user: 1, project: 3 }
  server.views = [view]
  expect((await storeView({ view, data: { title: 'Better' } })).data).toEqual({ title: 'Better' })
  await expect(storeView({ view, data: { title: 'Again' } })).rejects.toBeInstanceOf(ViewChangedError)
  expect(server.views[0]?.data).toEqual({ title: 'Better' })
  server.troubles.push(404)
  await expect(storeView({ view, data: {} })).rejects.toMatchObject({ status: 404 })
})

it('fetches the task after the shown one by the rules of the project, and of a list from what is left of it', async () => {
  const [first, second] = server.addTasks(3, 2)
  if (!first || !second) throw new Error('There are no tasks.')
  expect((await peekNextTask(3, first.id))?.id).toBe(second.id)
  server.addAnnotation(second)
  expect(await peekNextTask(3, first.id)).toBeNull()
  expect(withoutTask({ all: true, ids: new Set([5]) }, 7)).toEqual({ all: true, ids: new Set([5, 7]) })
  expect(withoutTask({ all: false, ids: new Set([5, 7]) }, 7)).toEqual({ all: false, ids: new Set([5]) })
  expect(withoutTask({ all: false, ids: new Set([7]) }, 7)).toBeNull()
  server.troubles.push(500)
  await expect(peekNextTask(3, first.id)).rejects.toMatchObject({ status: 500 })
})
