import { isRegion, type RecordId, type RegionRecord } from './document'
import type { Editor } from './editor'
import { isList, isObject, type Json, type JsonObject, numberOf, sameJson } from './json'
import { allLabels, itemIndexOf } from './region'
import type { Session } from './session'

/** What one annotation has that another has not. */
export interface Differences {
  /** Regions and answers that both have. */
  readonly same: number
  /** Regions that the other annotation has nothing like. */
  readonly regions: readonly RecordId[]
  /** How many regions of the other one are missing here. */
  readonly missing: number
  /** Names of the controls that are answered otherwise. */
  readonly answers: readonly string[]
}

/** Regions count as alike from this overlap on (intersection over union). */
export const ALIKE = 0.5

/** Returns how `session` differs from `reference`. Regions are paired by object, page, labels and place. */
export function differencesFrom(editor: Editor, session: Session, reference: Session): Differences {
  const [here, there] = [session.store.all().filter(isRegion), reference.store.all().filter(isRegion)]
  const left = new Set(there)
  const alone = here.filter((region) => {
    const twin = [...left].find((other) => areAlike(editor, region, other))
    if (twin) left.delete(twin)
    return twin === undefined
  })
  const answers = new Map<string, readonly [Json | undefined, Json | undefined]>()
  for (const control of editor.config.controls.values()) {
    if (control.isRegion || control.isPerRegion) continue
    const pair = [answerOf(session, control.name), answerOf(reference, control.name)] as const
    if (pair.some((value) => value !== undefined)) answers.set(control.name, pair)
  }
  const other = [...answers].filter(([, [a, b]]) => a === undefined || b === undefined || !sameJson(a, b))
  return {
    same: here.length - alone.length + answers.size - other.length,
    regions: alone.map((region) => region.id),
    missing: left.size,
    answers: other.map(([name]) => name),
  }
}

/** Returns the answers of a control about the object and its pages; `undefined` if there are none. */
function answerOf(session: Session, name: string): Json | undefined {
  const values = session.store
    .all()
    .flatMap((record) =>
      record.kind === 'answer' && record.from === name
        ? [{ page: record.itemIndex, value: record.items[0]?.value ?? null } as JsonObject]
        : [],
    )
  return values.length === 0 ? undefined : values
}

function areAlike(editor: Editor, a: RegionRecord, b: RegionRecord): boolean {
  if (a.to !== b.to || a.family !== b.family || itemIndexOf(a) !== itemIndexOf(b)) return false
  if (!sameJson(allLabels(a).sort(), allLabels(b).sort())) return false
  const [one, other] = [editor.geometryOf(a), editor.geometryOf(b)]
  const [first, second] = [extentOf(one), extentOf(other)]
  return first && second ? overlap(first, second) >= ALIKE : sameJson(one, other)
}

/** From and to in one or two directions. */
type Extent = readonly (readonly [from: number, to: number])[]

/** Returns where a geometry begins and ends; `null` if that cannot be told from its numbers. */
function extentOf(geometry: JsonObject): Extent | null {
  const number = (key: string) => numberOf(geometry[key])
  const [x, y, width, height] = [number('x'), number('y'), number('width'), number('height')]
  const [start, end, rx, ry] = [number('start'), number('end'), number('radiusX'), number('radiusY')]
  if (start !== null && end !== null && typeof geometry.startOffset !== 'number') return [[start, end]]
  if (x !== null && y !== null) {
    if (rx !== null && ry !== null) return box(x - rx, y - ry, x + rx, y + ry)
    if (height !== null) return box(x, y, x + (width ?? 0), y + height)
    // A key point has no height; points of one place are alike.
    return box(x - 2, y - 2, x + 2, y + 2)
  }
  const points = pointsOf(geometry.points ?? geometry.vertices)
  if (points.length === 0) return null
  const [xs, ys] = [points.map(([px]) => px), points.map(([, py]) => py)]
  return box(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))
}

const box = (left: number, top: number, right: number, bottom: number): Extent => [
  [left, right],
  [top, bottom],
]

function pointsOf(list: Json | undefined): [number, number][] {
  if (!isList(list)) return []
  return list.flatMap((point): [number, number][] => {
    const pair = isList(point) ? point : isObject(point) ? [point.x ?? null, point.y ?? null] : []
    return typeof pair[0] === 'number' && typeof pair[1] === 'number' ? [[pair[0], pair[1]]] : []
  })
}

/** Returns intersection over union. */
function overlap(a: Extent, b: Extent): number {
  const size = (extent: Extent) => extent.reduce((all, [from, to]) => all * Math.max(to - from, 0), 1)
  const common = size(
    a.map(([from, to], at) => {
      const other = b[at] ?? [0, 0]
      return [Math.max(from, other[0]), Math.min(to, other[1])] as const
    }),
  )
  const union = size(a) + size(b) - common
  return union > 0 ? common / union : Number(sameJson(a as Json, b as Json))
}
