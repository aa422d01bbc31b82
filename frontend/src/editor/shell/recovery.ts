import { codecsFor } from '../core/editor'
import { type Journal, type JournalEntry, type JournalFacts, replay, winner } from '../core/journal'
import { sameJson } from '../core/json'
import { decodeResults } from '../core/results'
import type { Session } from '../core/session'
import type { DraftRecord } from '../host'
import type { Controller } from './controller'
import { openNew, savedAt } from './openSessions'

/** Shows again what the journal holds and the server never got; two versions of one annotation are both offered. */
export async function recoverWork(controller: Controller, journal: Journal, scope: string): Promise<void> {
  const entries = await journal.read(scope).catch(() => [])
  for (const entry of entries) {
    if (entry.unsent === 0 || isOnServer(controller, entry)) await journal.drop(scope, entry.key)
    else bringBack(controller, entry)
  }
}

/** Throws away drafts that say what a newer one of the same annotation says: a page that went away made them twice. */
export async function dropTwins({ props }: Controller): Promise<void> {
  const newest = new Map<number | null, DraftRecord>()
  for (const draft of [...(props.drafts ?? [])].sort((a, b) => savedAt(b) - savedAt(a))) {
    const kept = newest.get(draft.annotation ?? null)
    if (!kept) newest.set(draft.annotation ?? null, draft)
    else if (sameJson(kept.result as never, draft.result as never)) {
      await props.host.deleteDraft?.(draft.id).catch(() => {})
    }
  }
}

/** The last draft may have arrived although its answer did not. */
function isOnServer(controller: Controller, entry: JournalEntry): boolean {
  const server = sessionFor(controller, entry)
  return server !== undefined && sameJson(server.results() as never, contentOf(controller, entry) as never)
}

const contentOf = ({ editor }: Controller, entry: JournalEntry) =>
  replay(entry, (result) => decodeResults(result, editor.config, codecsFor(editor.registry)))

function bringBack(controller: Controller, entry: JournalEntry): void {
  const { editor, props } = controller
  const server = sessionFor(controller, entry)
  const info = server?.info.get()
  const draftAt = info?.draftAt ?? null
  const facts = {
    draftId: info?.draftId ?? entry.draftId,
    leadTime: entry.leadTime,
    parentPrediction: entry.parentPrediction,
    parentAnnotation: entry.parentAnnotation,
  }
  const base = info ?? openNew(editor, props.user, [], { uniqueId: entry.uniqueId }).info.get()
  const mine = editor.openResults({ ...base, ...facts, key: entry.key }, contentOf(controller, entry) as never, true)
  const isUntouched = server && server.store.order().length === 0 && server.info.get().draftId === null
  if (winner(entry, draftAt) === 'journal') controller.show(mine, server)
  controller.follow(mine).recovered(entry.unsent)
  if (server && !isUntouched) controller.dialog.set({ kind: 'recovered', session: mine, server, count: entry.unsent })
  else editor.tell('save.recovered', 'info', { count: entry.unsent })
}

function sessionFor({ editor }: Controller, entry: JournalFacts): Session | undefined {
  const annotations = editor.sessions.get().filter((session) => session.info.get().kind === 'annotation')
  if (entry.annotationId !== null) return annotations.find((session) => session.info.get().id === entry.annotationId)
  const drafts = annotations.filter((session) => session.info.get().id === null)
  return drafts.find((session) => session.info.get().draftId === entry.draftId) ?? drafts[0]
}
