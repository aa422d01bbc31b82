import { Autosave, type Clock, type SaveState } from '../core/autosave'
import { codecsFor, type Editor } from '../core/editor'
import { type Journal, type JournalFacts, replay, winner } from '../core/journal'
import { Observable } from '../core/observable'
import { decodeResults } from '../core/results'
import type { Session } from '../core/session'
import { resultsToSubmit } from '../core/submission'
import { findSubmitProblem } from '../core/validation'
import { type AnnotationRecord, ConflictError, RefusedError, type SavePayload } from '../host'
import { browserJournal } from './idbJournal'
import { annotationInfo, copiedResults, openAnnotation, openNew } from './openSessions'
import type { EditorProps } from './props'
import { REAL_CLOCK } from './realClock'

/** A question or a message that waits for an answer. */
export type Dialog =
  | { readonly kind: 'confirm'; readonly text: string; readonly action: string; readonly run: () => void }
  | { readonly kind: 'problem'; readonly text: string; readonly values?: Readonly<Record<string, string | number>> }
  | { readonly kind: 'conflict'; readonly session: Session; readonly current: AnnotationRecord }
  | { readonly kind: 'recovered'; readonly session: Session; readonly server: Session; readonly count: number }

/** Does what needs the host: saves, submits, opens and deletes annotations of one task. */
export class Controller {
  readonly dialog = new Observable<Dialog | null>(null)
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
  async recover(): Promise<void> {
    const entries = await this.journal.read(this.scope).catch(() => [])
    for (const entry of entries) {
      if (entry.unsent === 0) {
        await this.journal.drop(this.scope, entry.key)
        continue
      }
      const server = this.sessionFor(entry)
      const decode = (result: Parameters<typeof decodeResults>[0]) =>
        decodeResults(result, this.editor.config, codecsFor(this.editor.registry))
      const info = server?.info.get()
      const draftAt = info?.draftAt ?? null
      const facts = {
        draftId: info?.draftId ?? entry.draftId,
        leadTime: entry.leadTime,
        parentPrediction: entry.parentPrediction,
        parentAnnotation: entry.parentAnnotation,
      }
      const base = info ?? openNew(this.editor, this.props.user, [], { uniqueId: entry.uniqueId }).info.get()
      const mine = this.editor.openResults({ ...base, ...facts, key: entry.key }, replay(entry, decode) as never, true)
      const isUntouched = server && server.store.order().length === 0 && server.info.get().draftId === null
      if (winner(entry, draftAt) === 'journal') this.show(mine, server)
      this.follow(mine).recovered(entry.unsent)
      if (server && !isUntouched) this.dialog.set({ kind: 'recovered', session: mine, server, count: entry.unsent })
      else this.editor.tell('save.recovered', 'info', { count: entry.unsent })
    }
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
  async submit(): Promise<boolean> {
    const { editor } = this
    const { session } = editor
    if (this.busy.get() !== null || editor.isReadonly || !this.isReady()) return false
    const payload = { ...this.payload(session), result: resultsToSubmit(editor) }
    const { id, etag } = session.info.get()
    const kind = id === null ? 'submit' : 'update'
    return this.save(session, kind, payload, (now) =>
      id === null ? this.props.host.submit(now) : this.props.host.update(id, now, etag),
    )
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
    await this.withHost('unskip', async (host) => {
      if (id !== null) await host.deleteAnnotation?.(id)
      const again = openNew(this.editor, this.props.user, result, { leadTime: this.leadTime(session) })
      this.follow(again).recovered(1)
      this.show(again, session)
    })
  }

  /** Deletes an annotation, or throws away one that was never submitted. */
  async remove(session: Session): Promise<void> {
    const { id, draftId } = session.info.get()
    await this.withHost('delete', async (host) => {
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
    })
  }

  /** Begins an annotation with the content of another one or of a prediction. */
  duplicate(source: Session): void {
    const { kind, id } = source.info.get()
    const isPrediction = kind === 'prediction'
    const result = copiedResults(source.results() as never, isPrediction ? 'prediction' : null)
    const facts = isPrediction ? { parentPrediction: id } : { parentAnnotation: id }
    const copy = openNew(this.editor, this.props.user, result, facts)
    this.follow(copy).recovered(1)
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
    await this.withHost('restore', async (host) => {
      const record = await host.restoreVersion?.(id, number)
      if (record) await this.replace(session, record)
    })
  }

  /** Goes to another task after everything was sent. */
  async leave(to: 'next' | 'previous'): Promise<void> {
    await this.flush()
    await this.props.host[to]?.()
  }

  /** Answers a conflict: keeps one's own work on top of what the server has, or takes the server's. */
  async settleConflict(session: Session, current: AnnotationRecord, keepsMine: boolean): Promise<void> {
    this.dialog.set(null)
    if (!keepsMine) return this.replace(session, current)
    session.info.update((info) => ({ ...info, etag: current.etag ?? null, updatedAt: current.updated_at ?? null }))
    await this.submit()
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
    for (const finish of [...editor.finishers]) finish()
    const problem = findSubmitProblem(editor)
    if (!problem) {
      editor.selection.clear()
      return true
    }
    if (problem.region !== null) editor.selection.select([problem.region])
    const page = problem.page
    if (page !== null) editor.pages.update((pages) => new Map(pages).set(problem.control.toName[0] ?? '', page))
    this.dialog.set({ kind: 'problem', text: problem.message ?? problem.key, values: problem.values })
    return false
  }

  private async save(
    session: Session,
    kind: 'submit' | 'update' | 'skip',
    payload: SavePayload,
    send: (payload: SavePayload) => Promise<AnnotationRecord>,
  ): Promise<boolean> {
    const { autosave } = this.follow(session, true)
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
          await autosave.submitted()
          await host.onSaved?.(record, kind)
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
      this.busy.set(null)
    }
  }

  private payload(session: Session): SavePayload {
    const info = session.info.get()
    return {
      taskId: this.props.task.id,
      result: session.results(),
      lead_time: this.leadTime(session),
      started_at: info.startedAt,
      draft_id: info.draftId,
      parent_prediction: info.parentPrediction,
      parent_annotation: info.parentAnnotation,
      unique_id: info.uniqueId,
    }
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

  private follow(session: Session): Autosave
  private follow(session: Session, asPair: true): { autosave: Autosave }
  private follow(session: Session, asPair = false): Autosave | { autosave: Autosave } {
    const known = this.autosaves.get(session)
    if (known) return asPair ? known : known.autosave
    const autosave = new Autosave({
      clock: this.clock,
      journal: this.journal,
      scope: this.scope,
      facts: () => this.facts(session),
      results: () => session.results(),
      send: (isLast) => this.sendDraft(session, isLast),
      isRefusal: (error) => error instanceof RefusedError,
    })
    const end = session.store.subscribe((transaction) => autosave.changed(transaction, session.history.openStep))
    this.autosaves.set(session, { autosave, end })
    return asPair ? { autosave } : autosave
  }

  private async sendDraft(session: Session, isLast: boolean): Promise<number> {
    const { id: annotationId } = session.info.get()
    const draft = await this.props.host.saveDraft({ ...this.payload(session), annotationId, isLast })
    const now = new Date(this.clock.now()).toISOString()
    session.info.update((info) => ({ ...info, draftId: draft.id, draftAt: now }))
    return draft.id
  }

  private facts(session: Session): JournalFacts {
    const info = session.info.get()
    return {
      key: info.key,
      annotationId: info.id,
      draftId: info.draftId,
      uniqueId: info.uniqueId,
      etag: info.etag,
      parentPrediction: info.parentPrediction,
      parentAnnotation: info.parentAnnotation,
      startedAt: info.startedAt,
      leadTime: this.leadTime(session),
    }
  }

  private sessionFor(entry: JournalFacts): Session | undefined {
    const annotations = this.editor.sessions.get().filter((session) => session.info.get().kind === 'annotation')
    if (entry.annotationId !== null) return annotations.find((session) => session.info.get().id === entry.annotationId)
    const drafts = annotations.filter((session) => session.info.get().id === null)
    return drafts.find((session) => session.info.get().draftId === entry.draftId) ?? drafts[0]
  }
}
