import { Autosave, type Clock, type SaveState } from '../core/autosave'
import type { Editor } from '../core/editor'
import type { Journal } from '../core/journal'
import { Observable } from '../core/observable'
import type { Session } from '../core/session'
import { resultsToSubmit } from '../core/submission'
import { findSubmitProblem } from '../core/validation'
import { type AnnotationRecord, ConflictError, RefusedError, type SavePayload } from '../host'
import type { Compared, Dialog } from './dialogKinds'
import { browserJournal } from './idbJournal'
import { annotationInfo, copiedResults, openAnnotation, openNew } from './openSessions'
import type { EditorProps } from './props'
import { REAL_CLOCK } from './realClock'
import { recoverWork } from './recovery'
import { factsOf, payloadOf } from './savePayload'

const BLOCKING = new Set(['delete', 'postpone', 'restore', 'unskip'])

/** Does what needs the host: saves, submits, opens and deletes annotations of one task. */
export class Controller {
  readonly dialog = new Observable<Dialog | null>(null)
  /** Annotations that are shown side by side; `conflict` is the question that is asked after that. */
  readonly compared = new Observable<Compared | null>(null)
  /** What is being done for the person right now; buttons wait. */
  readonly busy = new Observable<string | null>(null)
  readonly saveState = new Observable<SaveState>({ kind: 'unchanged' })
  private readonly autosaves = new Map<Session, { autosave: Autosave; end: () => void }>()
  private readonly openedAt = new Map<Session, number>()
  private readonly journal: Journal
  private readonly scope: string
  private endState = () => {}
  private readonly endActive: () => void

  constructor(
    readonly editor: Editor,
    readonly props: EditorProps,
    private readonly clock: Clock = REAL_CLOCK,
  ) {
    this.journal = props.journal ?? browserJournal()
    this.scope = `${props.user.id}/${props.task.id}`
    this.endActive = editor.active.subscribe(() => this.onActive())
    this.onActive()
  }

  /** Looks for work that was never sent and shows it again. */
  recover(): Promise<void> {
    return recoverWork(this, this.journal, this.scope)
  }

  /** Puts `mine` in the place of `server`. */
  show(mine: Session, server: Session | null | undefined): void {
    const { sessions } = this.editor
    sessions.update((all) =>
      server && all.includes(server) ? all.map((s) => (s === server ? mine : s)) : [...all, mine],
    )
    this.editor.open(mine)
  }

  /** Keeps one of two versions of unsent work and forgets the other. */
  async keep(kept: Session, other: Session): Promise<void> {
    this.dialog.set(null)
    if (this.editor.session !== kept) this.show(kept, other)
    const dropped = this.autosaves.get(other)
    if (!dropped) return
    await dropped.autosave.hold()
    await dropped.autosave.submitted()
    dropped.end()
    this.autosaves.delete(other)
  }

  /** Sends everything that waits; called when the page goes away. */
  async flush(isLast = false): Promise<void> {
    await Promise.all([...this.autosaves.values()].map(({ autosave }) => autosave.flush(isLast)))
  }

  /** Tries again to send what waits. */
  async retry(): Promise<void> {
    await Promise.all([...this.autosaves.values()].map(({ autosave }) => autosave.retry()))
  }

  /** Checks the open annotation and saves it. */
  async submit(exits = false): Promise<boolean> {
    const { editor } = this
    const { session } = editor
    if (this.busy.get() !== null || editor.isReadonly || !this.isReady()) return false
    const payload = { ...this.payload(session), result: resultsToSubmit(editor) }
    const { id, etag } = session.info.get()
    const kind = id === null ? 'submit' : 'update'
    const { host } = this.props
    const send = (now: SavePayload) => (id === null ? host.submit(now) : host.update(id, now, etag))
    return this.save(session, kind, payload, send, exits)
  }

  /** Saves the open annotation as skipped. */
  async skip(): Promise<boolean> {
    const { session } = this.editor
    const { skip } = this.props.host
    if (!skip || this.busy.get() !== null || this.editor.isReadonly) return false
    const payload = { ...this.payload(session), was_cancelled: true }
    return this.save(session, 'skip', payload, (now) => skip.call(this.props.host, now, session.info.get().id))
  }

  /** Makes an annotation that was skipped a new one again. */
  async unskip(): Promise<void> {
    const { session } = this.editor
    const { id } = session.info.get()
    const result = session.results() as never
    await this.withHost(
      'unskip',
      async (host) => {
        if (id !== null) await host.deleteAnnotation?.(id)
        const again = openNew(this.editor, this.props.user, result, { leadTime: this.leadTime(session) })
        await this.follow(again).begun()
        this.show(again, session)
      },
      session,
    )
  }

  /** Deletes an annotation, or throws away one that was never submitted. */
  async remove(session: Session): Promise<void> {
    const { id, draftId } = session.info.get()
    await this.withHost(
      'delete',
      async (host) => {
        const saved = this.autosaves.get(session)
        await saved?.autosave.hold()
        try {
          if (id !== null) await host.deleteAnnotation?.(id)
          else if (draftId !== null) await host.deleteDraft?.(draftId)
        } catch (error) {
          saved?.autosave.resume()
          throw error
        }
        await saved?.autosave.submitted()
        const rest = this.editor.sessions.get().filter((other) => other !== session)
        const next = [...rest].reverse().find((other) => other.info.get().kind === 'annotation')
        this.editor.sessions.set(rest)
        if (this.editor.session === session) this.editor.open(next ?? openNew(this.editor, this.props.user))
      },
      session,
    )
  }

  /** Begins an annotation with the content of another one or of a prediction. */
  duplicate(source: Session): void {
    const { kind, id } = source.info.get()
    const isPrediction = kind === 'prediction'
    const result = copiedResults(source.results() as never, isPrediction ? 'prediction' : null)
    const facts = isPrediction ? { parentPrediction: id } : { parentAnnotation: id }
    const copy = openNew(this.editor, this.props.user, result, facts)
    void this.follow(copy).begun()
    this.editor.open(copy)
  }

  /** Begins an empty annotation. */
  create(): void {
    this.editor.open(openNew(this.editor, this.props.user))
  }

  /** Marks an annotation as ground truth, or unmarks it. */
  async toggleGroundTruth(session: Session): Promise<void> {
    const { id, isGroundTruth } = session.info.get()
    if (id === null) return
    await this.withHost('groundTruth', async (host) => {
      const record = await host.setGroundTruth?.(id, !isGroundTruth)
      if (record)
        session.info.update((info) => ({ ...info, isGroundTruth: !isGroundTruth, etag: record.etag ?? info.etag }))
    })
  }

  /** Makes an earlier version the present one. */
  async restore(session: Session, number: number): Promise<void> {
    const { id } = session.info.get()
    if (id === null) return
    await this.withHost(
      'restore',
      async (host) => {
        const record = await host.restoreVersion?.(id, number)
        if (record) await this.replace(session, record)
      },
      session,
    )
  }

  /** Goes to another task after everything was sent; leaving the newest one of the stream puts it off for later. */
  async leave(to: 'next' | 'previous'): Promise<void> {
    const { host } = this.props
    if (this.busy.get() !== null) return
    const { session } = this.editor
    const isNew = !session.isReadonly && session.info.get().id === null
    if (to === 'next' && isNew && host.postpones?.()) {
      if (!(await this.postpone(session))) return
    } else await this.flush()
    await host[to]?.()
  }

  private postpone(session: Session): Promise<boolean> {
    const autosave = this.follow(session)
    const send = async () => {
      await autosave.hold()
      await this.sendDraft(session, false, true).catch((error: unknown) => {
        autosave.resume()
        throw error
      })
      await autosave.submitted()
    }
    return this.withHost('postpone', send, session)
  }

  /** Answers a conflict: keeps one's own work on top of what the server has, or takes the server's. */
  async settleConflict(session: Session, current: AnnotationRecord, keepsMine: boolean): Promise<void> {
    this.dialog.set(null)
    if (!keepsMine) return this.replace(session, current)
    session.info.update((info) => ({ ...info, etag: current.etag ?? null, updatedAt: current.updated_at ?? null }))
    await this.submit()
  }

  /** Shows all annotations and predictions side by side, or one's own version of a conflict beside the server's. */
  compare(conflict?: Extract<Dialog, { kind: 'conflict' }>): void {
    this.dialog.set(null)
    const sessions = conflict
      ? [conflict.session, openAnnotation(this.editor, conflict.current, undefined, this.props.user)]
      : this.editor.sessions.get().filter((session) => session.info.get().kind !== 'version')
    this.compared.set({ sessions, conflict })
  }

  /** Ends the view side by side; a conflict is asked about again. */
  endCompare(): void {
    const conflict = this.compared.get()?.conflict
    this.compared.set(null)
    if (conflict) this.dialog.set(conflict)
  }

  /** Releases everything; what is pending is written and sent. */
  destroy(): void {
    this.endActive()
    this.endState()
    void this.flush(true)
    for (const { autosave, end } of this.autosaves.values()) {
      end()
      void autosave.stop()
    }
    this.autosaves.clear()
  }

  /** Returns the seconds somebody worked on an annotation. */
  leadTime(session: Session): number {
    const since = this.openedAt.get(session)
    const open = since === undefined ? 0 : (this.clock.now() - since) / 1000
    return Math.round((session.info.get().leadTime + open) * 1000) / 1000
  }

  private isReady(): boolean {
    const { editor } = this
    editor.linkingFrom.set(null)
    editor.finish()
    const problem = findSubmitProblem(editor)
    editor.problem.set(null)
    if (!problem) {
      editor.selection.clear()
      return true
    }
    if (problem.region !== null) editor.selection.select([problem.region])
    const page = problem.page
    if (page !== null) editor.pages.update((pages) => new Map(pages).set(problem.control.toName[0] ?? '', page))
    const text = { text: problem.message ?? problem.key, values: problem.values }
    editor.problem.set({ ...text, control: problem.control.name, region: problem.region })
    this.dialog.set({ kind: 'problem', ...text })
    return false
  }

  private async save(
    session: Session,
    kind: 'submit' | 'update' | 'skip',
    payload: SavePayload,
    send: (payload: SavePayload) => Promise<AnnotationRecord>,
    exits = false,
  ): Promise<boolean> {
    const autosave = this.follow(session)
    // What is changed from now on is not in the payload.
    const { position } = session.history
    const done = await this.withHost(
      kind,
      async (host) => {
        await autosave.hold()
        try {
          // A draft that was on its way has an id by now.
          const record = await send({ ...payload, draft_id: session.info.get().draftId })
          this.accepted(session, record, position)
          // The journal need not be waited for before going on: it is settled in its own time.
          const settled = autosave.submitted()
          await (exits ? host.exit?.() : host.onSaved?.(record, kind))
          await settled
        } catch (error) {
          autosave.resume()
          throw error
        }
      },
      session,
    )
    return done
  }

  /** The annotation keeps its undo steps; only what the server said is new. */
  private accepted(session: Session, record: AnnotationRecord, position: number): void {
    const info = annotationInfo(this.editor, record, this.props.user)
    const key = session.key
    session.info.set({ ...info, key, uniqueId: session.info.get().uniqueId })
    session.submittedAt.set(position)
    this.openedAt.set(session, this.clock.now())
  }

  private async replace(session: Session, record: AnnotationRecord): Promise<void> {
    const saved = this.autosaves.get(session)
    await saved?.autosave.hold()
    await saved?.autosave.submitted()
    this.show(openAnnotation(this.editor, record, undefined, this.props.user), session)
  }

  private async withHost(
    what: string,
    act: (host: EditorProps['host']) => Promise<void>,
    session?: Session,
  ): Promise<boolean> {
    if (this.busy.get() !== null) return false
    this.busy.set(what)
    // What is being deleted or replaced cannot be changed meanwhile: the change would be lost with it.
    const blocked = BLOCKING.has(what) ? session : undefined
    blocked?.isBlocked.set(true)
    try {
      await act(this.props.host)
      return true
    } catch (error) {
      if (error instanceof ConflictError && session) {
        this.dialog.set({ kind: 'conflict', session, current: error.current })
      } else if (error instanceof RefusedError) this.editor.tell('save.refused', 'error', { message: error.message })
      else this.editor.tell('save.failed', 'error')
      return false
    } finally {
      blocked?.isBlocked.set(false)
      this.busy.set(null)
    }
  }

  private payload(session: Session): SavePayload {
    return payloadOf(session, this.props.task.id, this.leadTime(session))
  }

  private onActive(): void {
    const { session } = this.editor
    for (const [other, since] of this.openedAt) {
      if (other === session) continue
      other.info.update((info) => ({ ...info, leadTime: info.leadTime + (this.clock.now() - since) / 1000 }))
      this.openedAt.delete(other)
      void this.autosaves.get(other)?.autosave.flush()
    }
    if (!this.openedAt.has(session)) this.openedAt.set(session, this.clock.now())
    this.endState()
    if (session.isReadonly) {
      this.saveState.set({ kind: 'unchanged' })
      return
    }
    const autosave = this.follow(session)
    this.saveState.set(autosave.state.get())
    this.endState = autosave.state.subscribe(() => this.saveState.set(autosave.state.get()))
    this.props.host.onOpen?.(session.info.get().id)
  }

  /** Returns the autosave of a session, begun if it has none yet. */
  follow(session: Session): Autosave {
    const known = this.autosaves.get(session)
    if (known) return known.autosave
    const autosave = new Autosave({
      clock: this.clock,
      journal: this.journal,
      scope: this.scope,
      facts: () => factsOf(session, this.leadTime(session)),
      results: () => session.results(),
      send: (isLast) => this.sendDraft(session, isLast),
      isRefusal: (error) => error instanceof RefusedError,
    })
    const end = session.store.subscribe((transaction) => autosave.changed(transaction, session.history.openStep))
    this.autosaves.set(session, { autosave, end })
    return autosave
  }

  private async sendDraft(session: Session, isLast: boolean, was_postponed = false): Promise<number> {
    const { id: annotationId } = session.info.get()
    const payload = { ...this.payload(session), annotationId, isLast, ...(was_postponed ? { was_postponed } : {}) }
    const draft = await this.props.host.saveDraft(payload)
    const now = new Date(this.clock.now()).toISOString()
    session.info.update((info) => ({ ...info, draftId: draft.id, draftAt: now }))
    return draft.id
  }
}
