import type { RegionRecord } from '../core/document'
import type { Editor } from '../core/editor'
import { isList, type JsonObject, numberOf } from '../core/json'

/** A number of a region's geometry, as it is shown. */
export interface GeometryField {
  readonly key: string
  readonly value: number
  /** Shown only: counts, and offsets of texts, which belong to the words under them. */
  readonly isFixed: boolean
  /** Pixels of one percent; `null` where the unit is another. */
  readonly perUnit: number | null
}

const ACROSS = new Set(['x', 'width', 'radiusX'])
const DOWN = new Set(['y', 'height', 'radiusY'])
const LISTS = ['points', 'vertices', 'ranges', 'sequence']
const TEXTS = new Set(['text', 'hypertext', 'paragraphs'])

/** Returns the numbers of a region: percent of the picture, or its pixels. */
export function geometryFields(editor: Editor, region: RegionRecord, isInPixels: boolean): GeometryField[] {
  const geometry = editor.geometryOf(region)
  const { width, height } = pictureSize(editor, region)
  const { fields } = editor.codec(region.family) ?? {}
  const numbers = Object.entries(geometry).flatMap(([key, stored]): GeometryField[] => {
    const value = typeof stored === 'number' ? stored : null
    if (value === null) return []
    const isText = TEXTS.has(region.family)
    const isFixed = isText || fields?.includes(key) === false
    const side = ACROSS.has(key) ? width : DOWN.has(key) ? height : null
    const perUnit = side === null || isText ? null : side / 100
    return [{ key, value: perUnit !== null && isInPixels ? value * perUnit : value, isFixed, perUnit }]
  })
  const lists = LISTS.flatMap((key): GeometryField[] => {
    const list = geometry[key]
    return isList(list) ? [{ key, value: list.length, isFixed: true, perUnit: null }] : []
  })
  return [...numbers, ...lists]
}

/** Returns the shape with one number changed, kept inside of the picture; `null` if that makes no shape. */
export function changedShape(editor: Editor, region: RegionRecord, field: GeometryField, value: number): unknown {
  const geometry = editor.geometryOf(region)
  const isInPixels = field.perUnit !== null && editor.settings.get().showPixels
  const stored = isInPixels ? value / (field.perUnit as number) : value
  const kept =
    field.perUnit === null && field.key !== 'rotation' ? Math.max(stored, 0) : within(field.key, stored, geometry)
  return editor.codec(region.family)?.decode({ ...geometry, [field.key]: kept }) ?? null
}

function within(key: string, value: number, geometry: JsonObject): number {
  if (key === 'rotation') return ((value % 360) + 360) % 360
  const isTurned = (numberOf(geometry.rotation) ?? 0) !== 0
  const partner = { x: 'width', y: 'height', width: 'x', height: 'y' }[key] ?? ''
  // A key point's width is the size of its dot; a turned box may stick out.
  const isBox = geometry.width !== undefined && geometry.height !== undefined
  const room = isBox && !isTurned ? (numberOf(geometry[partner]) ?? 0) : 0
  return Math.min(Math.max(value, 0), 100 - room)
}

function pictureSize(editor: Editor, region: RegionRecord): { width: number | null; height: number | null } {
  const size = editor.surroundingsOf(region.to)
  return { width: numberOf(size.original_width), height: numberOf(size.original_height) }
}
