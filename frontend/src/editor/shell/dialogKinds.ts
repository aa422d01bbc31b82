import type { Session } from '../core/session'
import type { AnnotationRecord } from '../host'

/** A question or a message that waits for an answer. */
export type Dialog =
  | { readonly kind: 'confirm'; readonly text: string; readonly action: string; readonly run: () => void }
  | { readonly kind: 'problem'; readonly text: string; readonly values?: Readonly<Record<string, string | number>> }
  | { readonly kind: 'conflict'; readonly session: Session; readonly current: AnnotationRecord }
  | { readonly kind: 'recovered'; readonly session: Session; readonly server: Session; readonly count: number }

/** What stands side by side. */
export interface Compared {
  readonly sessions: readonly Session[]
  readonly conflict?: Extract<Dialog, { kind: 'conflict' }>
}
