import { afterEach, beforeEach, expect, it } from 'vitest'
import { FakeServer } from '@/testing/fakeServer'
import { restoreTrash } from './organization'
import { deleteTasks, fetchNextTask, fetchTaskPage, newestTrash, thumbnailOf } from './tasks'

let server: FakeServer
let leave: () => void
beforeEach(() => {
  server = new FakeServer()
  leave = server.install()
})
afterEach(() => leave())

it('a page past the end is empty, but a project that is gone is an error', async () => {
  server.addTasks(3, 120)
  expect((await fetchTaskPage(3, 2)).tasks).toHaveLength(20)
  expect(await fetchTaskPage(3, 9)).toEqual({ total: 0, total_annotations: 0, total_predictions: 0, tasks: [] })
  server.troubles.push(404)
  await expect(fetchTaskPage(3, 1)).rejects.toMatchObject({ status: 404 })
})

it('deletes what is named, brings it back from the trash', async () => {
  const [first, second, third] = server.addTasks(3, 3).map(({ id }) => id)
  await deleteTasks(3, { all: false, ids: new Set([second ?? 0]) })
  expect(server.tasks.map(({ id }) => id)).toEqual([first, third])
  const entry = await newestTrash(3)
  expect(entry).toMatchObject({ kind: 'task', count: 1 })
  await restoreTrash(entry?.id ?? 0)
  expect(server.tasks.map(({ id }) => id)).toEqual([first, second, third])
})

it('deletes all but those named', async () => {
  const [first] = server.addTasks(3, 3)
  const answer = await deleteTasks(3, { all: true, ids: new Set([first?.id ?? 0]) })
  expect(answer.processed_items).toBe(2)
  expect(server.tasks).toEqual([first])
})

it('an empty choice deletes nothing', async () => {
  server.addTasks(3, 3)
  await deleteTasks(3, { all: false, ids: new Set() })
  expect(server.tasks).toHaveLength(3)
})

it('no task left is null; other failures are failures', async () => {
  expect(await fetchNextTask(3)).toBeNull()
  server.troubles.push(403)
  await expect(fetchNextTask(3)).rejects.toMatchObject({ status: 403 })
})

it('a thumbnail names its key safely', () => {
  expect(thumbnailOf(5, 'a&b')).toBe('/api/tasks/5/thumbnail/?key=a%26b&size=128')
})
