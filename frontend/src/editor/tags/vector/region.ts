import type { JsonObject } from '../../core/json'

interface Place {
  readonly x: number
  readonly y: number
}

/** A point of a path in percent of the picture; keys that we do not know ride along. */
export type Vertex = Place &
  JsonObject & {
    readonly id?: string
    /** The point before it; the first one has none. */
    readonly prevPointId?: string | null
    readonly isBezier?: boolean
    readonly controlPoint1?: Place & JsonObject
    readonly controlPoint2?: Place & JsonObject
    /** Whether the two arms of a curve turn apart. */
    readonly disconnected?: boolean
    readonly isBranching?: boolean
  }

/** A path of straight and curved segments, open or closed, perhaps with branches. */
export interface Vector {
  readonly vertices: readonly Vertex[]
  readonly closed: boolean
}
