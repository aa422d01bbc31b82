import { describe, expect, it } from 'vitest'
import { setAnswer } from '../core/answers'
import { Editor } from '../core/editor'
import { MemoryJournal } from '../core/journal'
import type { Json } from '../core/json'
import { clickLabel } from '../core/labeling'
import { DEFAULT_SETTINGS } from '../core/settings'
import { labelSelection } from '../engines/text/spanSource'
import {
  type AnnotationRecord,
  ConflictError,
  type DraftPayload,
  type EditorHost,
  RefusedError,
  type SavePayload,
} from '../host'
import { TAGS } from '../tags/registry'
import { textSource } from '../tags/text/source'
import { FakeClock } from '../testing/FakeClock'
import { bind, controlOf } from '../testing/openEditor'
import { Controller } from './controller'
import { openTask } from './openSessions'
import type { EditorProps } from './props'

const CONFIG =
  '<Text name="t" value="$text"/><Labels name="l" toName="t"><Label value="A"/></Labels><Choices name="c" toName="t" required="true" requiredMessage="Choose!"><Choice value="x"/><Choice value="y"/></Choices><Choices name="p" toName="t" perRegion="true" required="true"><Choice value="sure"/></Choices>'
const TEXT = 'Alice met Bob'

/** A server in memory: answers as the host of a page does. */
class FakeServer {
  annotations = new Map<number, AnnotationRecord>()
  drafts: DraftPayload[] = []
  calls: string[] = []
  failure: Error | null = null
  private lastId = 10

  host: EditorHost = {
    saveDraft: async (payload) => this.answer('draft', () => ({ id: this.drafts.push(payload) })),
    deleteDraft: async (id) => this.answer(`delete draft ${id}`, () => {}),
    submit: async (payload) => this.answer('submit', () => this.store(this.newId(), payload)),
    update: async (id, payload, etag) => this.answer(`update ${id} ${etag}`, () => this.store(id, payload)),
    skip: async (payload, id) => this.answer(`skip ${id}`, () => this.store(id ?? this.newId(), payload)),
    deleteAnnotation: async (id) => this.answer(`delete ${id}`, () => void this.annotations.delete(id)),
    setGroundTruth: async (id, ground_truth) =>
      this.answer(`truth ${id} ${ground_truth}`, () => ({ id, result: [], ground_truth })),
    restoreVersion: async (id, number) =>
      this.answer(`restore ${id} ${number}`, () => ({ id, result: [choice('y')], etag: '9' })),
    next: () => void this.calls.push('next'),
    onSaved: (_, kind) => void this.calls.push(`saved ${kind}`),
  }

  private async answer<T>(call: string, value: () => T): Promise<T> {
    this.calls.push(call)
    if (this.failure) throw this.failure
    return value()
  }

  private newId(): number {
    this.lastId += 1
    return this.lastId
  }

  private store(id: number, payload: SavePayload): AnnotationRecord {
    const record = {
      ...payload,
      id,
      result: payload.result as Json[],
      completed_by: 1,
      etag: `e${id}`,
    } as AnnotationRecord
    this.annotations.set(id, record)
    return record
  }
}

const choice = (word: string): Json => ({
  id: 'c1',
  from_name: 'c',
  to_name: 't',
  type: 'choices',
  value: { choices: [word] },
})
const span = (id = 'r1'): Json => ({
  id,
  from_name: 'l',
  to_name: 't',
  type: 'labels',
  value: { start: 0, end: 5, text: 'Alice', labels: ['A'] },
})

function setUp(part: Partial<EditorProps> = {}, server = new FakeServer()) {
  const clock = new FakeClock()
  const journal = part.journal ?? new MemoryJournal()
  const props: EditorProps = {
    config: '',
    task: { id: 17, data: { text: TEXT } },
    annotations: [],
    predictions: [],
    user: { id: 1, displayName: 'Ann' },
    host: server.host,
    journal,
    ...part,
  }
  const options = {
    config: bind(CONFIG, props.task.data),
    registry: TAGS,
    settings: DEFAULT_SETTINGS,
    now: () => clock.now(),
  }
  const editor = Editor.open(options, (opener) => openTask(opener, props))
  const controller = new Controller(editor, props, clock)
  const choose = (word: string) => setAnswer(editor, controlOf(editor, 'c'), [word])
  const mark = () => {
    clickLabel(editor, controlOf(editor, 'l'), 'A')
    const node = editor.config.objects.get('t')?.node
    if (node) labelSelection(editor, textSource(node, TEXT), { start: 0, end: 5 })
  }
  return { clock, server, editor, controller, journal, props, choose, mark }
}

describe('submitting', () => {
  it('is refused while an answer is missing, says so in the config’s words, and autosave goes on', async () => {
    const { controller, clock, server, mark } = setUp()
    expect(await controller.submit()).toBe(false)
    expect(controller.dialog.get()).toMatchObject({ kind: 'problem', text: 'Choose!' })
    expect(server.calls).toEqual([])
    mark()
    await clock.advance(2000)
    expect(server.drafts.length).toBe(1)
  })

  it('selects the region whose answer is missing', async () => {
    const { controller, editor, choose, mark } = setUp()
    choose('x')
    mark()
    expect(await controller.submit()).toBe(false)
    expect(editor.selection.only()).toBe(editor.store.regions()[0]?.id)
    expect(controller.dialog.get()).toMatchObject({ kind: 'problem', values: { name: 'p' } })
  })

  it('sends the results, becomes an update, and clears the journal', async () => {
    const { controller, editor, server, clock, journal, choose } = setUp()
    choose('x')
    await clock.advance(5000)
    expect(await controller.submit()).toBe(true)
    const sent = server.annotations.get(11)
    expect(sent).toMatchObject({
      draft_id: 1,
      lead_time: 5,
      parent_prediction: null,
      result: [{ from_name: 'c', value: { choices: ['x'] } }],
    })
    expect(editor.session.info.get()).toMatchObject({ id: 11, draftId: null, etag: 'e11' })
    expect(editor.session.isChanged).toBe(false)
    expect(await journal.read('1/17')).toEqual([])
    choose('y')
    expect(editor.session.isChanged).toBe(true)
    expect(await controller.submit()).toBe(true)
    expect(server.calls).toEqual(['draft', 'submit', 'saved submit', 'update 11 e11', 'saved update'])
  })

  it('loses nothing when the server is gone, and repeats with the same unique id', async () => {
    const { controller, editor, server, clock, choose } = setUp()
    choose('x')
    server.failure = new TypeError('Failed to fetch')
    expect(await controller.submit()).toBe(false)
    expect(editor.notice.get()).toMatchObject({ key: 'save.failed', tone: 'error' })
    expect(editor.session.results().length).toBe(1)
    const { uniqueId } = editor.session.info.get()
    server.failure = null
    await clock.advance(2000)
    expect(server.drafts.at(-1)).toMatchObject({ unique_id: uniqueId, annotationId: null })
    expect(await controller.submit()).toBe(true)
    expect(server.annotations.get(11)?.unique_id).toBe(uniqueId)
  })

  it('tells why the server refused', async () => {
    const { controller, editor, server, choose } = setUp()
    choose('x')
    server.failure = new RefusedError('The task was deleted.')
    await controller.submit()
    expect(editor.notice.get()).toMatchObject({ key: 'save.refused', values: { message: 'The task was deleted.' } })
  })

  it('asks which version goes on when somebody else changed the annotation', async () => {
    const stored = { id: 3, result: [choice('x')], completed_by: 1, etag: 'old' }
    const { controller, editor, server, choose } = setUp({ annotations: [stored] })
    choose('y')
    server.failure = new ConflictError({ ...stored, etag: 'new' })
    expect(await controller.submit()).toBe(false)
    const dialog = controller.dialog.get()
    expect(dialog).toMatchObject({ kind: 'conflict', current: { etag: 'new' } })
    server.failure = null
    if (dialog?.kind === 'conflict') await controller.settleConflict(dialog.session, dialog.current, true)
    expect(server.calls).toContain('update 3 new')
    expect(server.annotations.get(3)?.result).toMatchObject([{ value: { choices: ['y'] } }])
    expect(editor.session.isChanged).toBe(false)
  })

  it('saves skips with what is there', async () => {
    const { controller, server, editor } = setUp()
    await controller.skip()
    expect(server.calls).toEqual(['skip null', 'saved skip'])
    expect(server.annotations.get(11)).toMatchObject({ was_cancelled: true })
    expect(editor.session.info.get().isSkipped).toBe(true)
  })
})

describe('unsent work', () => {
  it('is back after the page was lost, and is sent', async () => {
    const journal = new MemoryJournal()
    const lost = setUp({ journal })
    lost.server.failure = new TypeError('Failed to fetch')
    lost.choose('x')
    lost.mark()
    await lost.clock.advance(2000)
    const next = setUp({ journal })
    await next.controller.recover()
    expect(next.editor.session.results()).toEqual(lost.editor.session.results())
    expect(next.controller.saveState.get()).toEqual({ kind: 'waiting', count: 2 })
    await next.clock.advance(2000)
    expect(next.server.drafts.map(({ result }) => result)).toEqual([lost.editor.session.results()])
    expect(next.controller.saveState.get().kind).toBe('saved')
  })

  it('wins over an older draft of the server, and both are offered', async () => {
    const journal = new MemoryJournal()
    const lost = setUp({ journal })
    lost.server.failure = new TypeError('Failed to fetch')
    lost.choose('x')
    await lost.clock.advance(2000)
    const drafts = [{ id: 4, result: [choice('y')], annotation: null, updated_at: '1969-12-31T00:00:00Z' }]
    const next = setUp({ journal, drafts })
    await next.controller.recover()
    const dialog = next.controller.dialog.get()
    expect(next.editor.session.results()).toMatchObject([{ value: { choices: ['x'] } }])
    if (dialog?.kind !== 'recovered') throw new Error('Both versions should be offered.')
    await next.controller.keep(dialog.server, dialog.session)
    expect(next.editor.session.results()).toMatchObject([{ value: { choices: ['y'] } }])
    expect(await journal.read('1/17')).toEqual([])
  })

  it('is not brought back once the server has it', async () => {
    const journal = new MemoryJournal()
    const first = setUp({ journal })
    first.choose('x')
    await first.clock.advance(2000)
    const next = setUp({ journal })
    await next.controller.recover()
    expect(next.editor.store.order()).toEqual([])
    expect(await journal.read('1/17')).toEqual([])
  })

  it('is sent before the person goes to another task, and when the page goes away', async () => {
    const { controller, server, choose } = setUp()
    choose('x')
    await controller.leave('next')
    expect(server.calls).toEqual(['draft', 'next'])
    choose('y')
    controller.destroy()
    expect(server.drafts.at(-1)?.isLast ?? true).toBe(true)
  })
})

describe('annotations of a task', () => {
  const prediction = { id: 5, result: [span(), choice('x')], model_version: 'm1', score: 0.5 }

  it('open the last one, a draft’s content, a copy of a prediction, or an empty one', () => {
    const annotations = [
      { id: 1, result: [choice('x')] },
      { id: 2, result: [choice('y')] },
    ]
    const shown = (part: Partial<EditorProps>) => setUp(part).editor.session
    expect(shown({ annotations }).info.get().id).toBe(2)
    expect(shown({ annotations, annotationId: 1 }).info.get().id).toBe(1)
    const drafts = [{ id: 8, annotation: 1, result: [] }]
    expect(shown({ annotations, annotationId: 1, drafts })).toMatchObject({ isChanged: true })
    const copy = shown({ predictions: [prediction], fromPrediction: true })
    expect(copy.info.get()).toMatchObject({ id: null, parentPrediction: 5 })
    expect(copy.results().map((item) => [item.origin, item.id === 'r1'])).toEqual([
      ['prediction', false],
      ['prediction', false],
    ])
    expect(shown({ predictions: [prediction] }).results()).toEqual([])
  })

  it('let predictions be looked at, not changed, and copied', async () => {
    const { editor, controller, choose, clock, server } = setUp({ predictions: [prediction] })
    const session = editor.sessions.get().find((other) => other.info.get().kind === 'prediction')
    if (!session) throw new Error('The prediction should have a tab.')
    editor.open(session)
    choose('y')
    expect(session.results()).toEqual(prediction.result)
    controller.duplicate(session)
    choose('y')
    expect(editor.session.info.get().parentPrediction).toBe(5)
    await clock.advance(2000)
    expect(server.drafts[0]).toMatchObject({ parent_prediction: 5 })
  })

  it('are deleted, marked as ground truth and brought back to a version', async () => {
    const { controller, editor, server } = setUp({
      annotations: [
        { id: 1, result: [choice('x')] },
        { id: 2, result: [] },
      ],
    })
    await controller.toggleGroundTruth(editor.session)
    expect(editor.session.info.get().isGroundTruth).toBe(true)
    await controller.restore(editor.session, 4)
    expect(editor.session.results()).toEqual([choice('y')])
    await controller.remove(editor.session)
    expect(editor.session.info.get().id).toBe(1)
    expect(server.calls).toEqual(['truth 2 true', 'restore 2 4', 'delete 2'])
  })

  it('keep what somebody worked on when it is closed: switching sends the draft', async () => {
    const { controller, choose, server, clock } = setUp()
    choose('x')
    controller.create()
    await clock.settle()
    expect(server.calls).toEqual(['draft'])
  })
})
