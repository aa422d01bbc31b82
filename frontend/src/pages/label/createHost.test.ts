import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UnreachableError } from '@/api/errors'
import type { Task } from '@/api/types'
import { ConflictError, type DraftPayload, RefusedError, type SavePayload } from '@/editor/host'
import { FakeServer } from '@/testing/fakeServer'
import { createHost } from './createHost'
import { fetchEditorTask } from './useEditorTask'

let server: FakeServer
let leave: () => void
let task: Task
beforeEach(() => {
  server = new FakeServer()
  leave = server.install()
  task = server.addTasks(1, 1)[0] as Task
})
afterEach(() => leave())

const result = [{ id: 'r1', from_name: 'label', to_name: 'text', type: 'choices', value: { choices: ['A'] } }]
const payload = (fields: Partial<SavePayload> = {}): SavePayload => ({
  taskId: task.id,
  result,
  lead_time: 2.5,
  started_at: '2026-11-20T10:00:00Z',
  draft_id: null,
  parent_prediction: null,
  parent_annotation: null,
  unique_id: '6a3c6f0e-0000-4000-8000-000000000001',
  ...fields,
})
const draft = (fields: Partial<DraftPayload> = {}): DraftPayload => ({ ...payload(), annotationId: null, ...fields })
const host = createHost({ maySkip: true })

describe('submitting', () => {
  it('stores the result, with its version tag', async () => {
    const saved = await host.submit(payload({ parent_prediction: 9 }))
    expect(saved).toMatchObject({ result, lead_time: 2.5, was_cancelled: false, parent_prediction: 9, etag: '"1"' })
    const sent = server.seen[0]
    expect(sent?.headers.get('Idempotency-Key')).toBe('6a3c6f0e-0000-4000-8000-000000000001')
    expect(sent?.body).not.toHaveProperty('parent_annotation')
  })

  it('twice with one id keeps one annotation', async () => {
    server.troubles.push('unreachable')
    await host.submit(payload())
    await host.submit(payload())
    expect(server.annotations.size).toBe(1)
  })

  it('deletes the draft it came from', async () => {
    const { id } = await host.saveDraft(draft())
    await host.submit(payload({ draft_id: id }))
    expect(server.drafts.size).toBe(0)
  })

  it('skipping marks it so', async () => {
    expect(await host.skip?.(payload(), null)).toMatchObject({ was_cancelled: true, etag: '"1"' })
  })

  it('is refused for a task that is gone', async () => {
    await expect(host.submit(payload({ taskId: 1 }))).rejects.toBeInstanceOf(RefusedError)
  })

  it.each([429, 500, 507])('a %i may pass: the editor keeps the work', async (status) => {
    server.troubles.push(status)
    await expect(host.submit(payload())).rejects.not.toBeInstanceOf(RefusedError)
  })

  it('no answer is no refusal', async () => {
    server.troubles.push('unreachable', 'unreachable', 'unreachable')
    await expect(host.submit(payload())).rejects.toBeInstanceOf(UnreachableError)
  })
})

describe('updating', () => {
  it('goes on from the version it began with', async () => {
    const { id } = server.addAnnotation(task)
    const first = await host.update(id, payload(), '"1"')
    expect(first).toMatchObject({ result, etag: '"2"' })
    expect(await host.update(id, payload({ lead_time: 9 }), first.etag)).toMatchObject({ lead_time: 9, etag: '"3"' })
  })

  it('over a newer version is a conflict that shows it, with its tag', async () => {
    const { id } = server.addAnnotation(task)
    await host.update(id, payload({ lead_time: 1 }), '"1"')
    const conflict = await host.update(id, payload({ lead_time: 2 }), '"1"').catch((error: unknown) => error)
    expect(conflict).toBeInstanceOf(ConflictError)
    expect((conflict as ConflictError).current).toMatchObject({ id, lead_time: 1, etag: '"2"' })
    expect(server.annotations.get(id)?.record.lead_time).toBe(1)
  })
})

describe('drafts', () => {
  it('are made once and then changed', async () => {
    const { id } = await host.saveDraft(draft())
    expect(await host.saveDraft(draft({ draft_id: id, lead_time: 7 }))).toMatchObject({ id })
    expect([...server.drafts.values()]).toMatchObject([{ id, annotation: null, lead_time: 7, was_postponed: false }])
  })

  it('of an annotation belong to it', async () => {
    const { id } = server.addAnnotation(task)
    await host.saveDraft(draft({ annotationId: id, was_postponed: true }))
    expect([...server.drafts.values()]).toMatchObject([{ annotation: id, was_postponed: true }])
  })

  it('that are gone are made anew, so that the work is not lost', async () => {
    const { id } = await host.saveDraft(draft({ draft_id: 4711 }))
    expect([...server.drafts.keys()]).toEqual([id])
  })
})

it('without the right to skip there is no skip', () => {
  expect(createHost({ maySkip: false }).skip).toBeUndefined()
})

it('a task is opened with the version tag of each annotation', async () => {
  const { id } = server.addAnnotation(task)
  await host.update(id, payload(), '"1"')
  const opened = await fetchEditorTask(task.id)
  expect(opened.annotations.map((one) => [one.id, one.etag])).toEqual([[id, '"2"']])
})
