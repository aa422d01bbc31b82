import type { JournalFacts } from '../core/journal'
import type { Session } from '../core/session'
import type { SavePayload } from '../host'

/** Returns what is sent when an annotation is saved. */
export function payloadOf(session: Session, taskId: number, leadTime: number): SavePayload {
  const info = session.info.get()
  return {
    taskId,
    result: session.results(),
    lead_time: leadTime,
    started_at: info.startedAt,
    draft_id: info.draftId,
    parent_prediction: info.parentPrediction,
    parent_annotation: info.parentAnnotation,
    unique_id: info.uniqueId,
  }
}

/** Returns what must be known to go on with an annotation after the page was lost. */
export function factsOf(session: Session, leadTime: number): JournalFacts {
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
    leadTime,
  }
}
