import type { Origin, RecordId, RegionRecord, ResultItem } from './document'
import { isObject, type Json, type JsonObject, sameJson, stringsOf } from './json'
import type { Control } from './taskConfig'

/** Reads and writes the geometry of one family of regions. */
export interface RegionCodec<S = unknown> {
  readonly family: string
  /** Keys of `value` that hold the geometry. */
  readonly keys: readonly string[]
  /** Returns the geometry in a result value, or `null` if it holds none of this family. */
  decode(value: JsonObject): S | null
  /** Returns the value keys of a geometry. */
  encode(shape: S): JsonObject
  /** Numbers among the keys that can be typed in; without it all of them. */
  readonly fields?: readonly string[]
  /** Tells whether the shape is unfinished, so that the annotation cannot be submitted. */
  isIncomplete?(shape: S): boolean
}

/** Facts about the object that are written beside the value, as the size of the picture. */
export type Surroundings = Readonly<Record<string, Json>>

const ORIGIN_AFTER_CHANGE: Readonly<Record<string, Origin>> = { prediction: 'prediction-changed' }

/** Returns the item marked as changed by the annotator. */
const touched = (item: ResultItem): ResultItem => {
  const origin = item.origin && ORIGIN_AFTER_CHANGE[item.origin]
  return origin ? { ...item, origin } : item
}

const withItems = (region: RegionRecord, items: readonly ResultItem[]): RegionRecord => ({
  ...region,
  items: items.map(touched),
})

/** Returns the labels a region has from one control. */
export const labelsFrom = (region: RegionRecord, control: Control): readonly string[] =>
  labelsIn(region.items.find((item) => item.from_name === control.name))

/** Returns the labels in one item, whatever their key. */
export function labelsIn(item: ResultItem | undefined): string[] {
  if (!item?.value || !item.type) return []
  const labels = item.value[item.type] ?? item.value.labels
  return stringsOf(labels).concat(item.type === 'taxonomy' ? pathEnds(labels) : [])
}

const pathEnds = (paths: Json | undefined): string[] =>
  Array.isArray(paths) ? paths.map((path) => stringsOf(path).join(' / ')).filter((text) => text !== '') : []

/** Returns all labels of a region, in the order of its items. */
export const allLabels = (region: RegionRecord): string[] =>
  region.items.flatMap((item) => (/labels$|^taxonomy$|^videorectangle$/.test(item.type ?? '') ? labelsIn(item) : []))

/** Returns the region with another geometry; every item that repeats the geometry follows. */
export function withShape<S>(
  region: RegionRecord,
  shape: S,
  codec: RegionCodec<S>,
  surroundings: Surroundings = {},
): RegionRecord {
  const geometry = codec.encode(shape)
  const before = codec.encode(region.shape as S)
  const items = region.items.map((item) => ({
    ...item,
    ...surroundings,
    value: moved(item.value ?? {}, geometry, before),
  }))
  return { ...withItems(region, items), shape }
}

/** A per-region answer may use a key of the geometry for itself (`text`): that one stays. */
function moved(value: JsonObject, geometry: JsonObject, before: JsonObject): JsonObject {
  const next: Record<string, Json | undefined> = { ...value }
  for (const key of new Set([...Object.keys(before), ...Object.keys(geometry)])) {
    const isOwn = value[key] !== undefined && Array.isArray(value[key]) !== Array.isArray(before[key] ?? geometry[key])
    if (isOwn) continue
    if (geometry[key] === undefined) delete next[key]
    else next[key] = geometry[key]
  }
  return next
}

/** Returns the region with the value of one control; an `undefined` value takes the control's item away. */
export function withAnswer(
  region: RegionRecord,
  control: Control,
  value: JsonObject | undefined,
  geometry: JsonObject,
  surroundings: Surroundings = {},
): RegionRecord {
  const at = region.items.findIndex((item) => item.from_name === control.name)
  if (value === undefined) return withItems(region, at < 0 ? region.items : region.items.toSpliced(at, 1))
  const now = region.items[at]
  if (now) return withItems(region, region.items.with(at, { ...now, value: { ...now.value, ...value } }))
  return withItems(region, [...region.items, partOf(region, control, { ...geometry, ...value }, surroundings)])
}

const SIZES = ['original_width', 'original_height', 'image_rotation'] as const

/** A region knows the size of the picture it lies on: another page may be shown by now. */
const sizeOf = (item: ResultItem | undefined): Surroundings =>
  Object.fromEntries(SIZES.flatMap((key) => (item?.[key] === undefined ? [] : [[key, item[key]]])))

/** Returns a new item of a region; what is said once a region (note, parent, page) is repeated. */
function partOf(region: RegionRecord, control: Control, value: JsonObject, surroundings: Surroundings): ResultItem {
  const first = region.items[0]
  const note = noteOf(region)
  return {
    id: region.id,
    from_name: control.name,
    to_name: region.to,
    type: control.type,
    value,
    ...surroundings,
    ...sizeOf(first),
    ...(first?.item_index === undefined ? {} : { item_index: first.item_index }),
    ...(first?.parentID ? { parentID: first.parentID } : {}),
    ...(note === '' ? {} : { meta: { text: [note] } }),
    origin: first?.origin ?? 'manual',
  }
}

/** Returns the region with its labels from one control replaced. */
export const withLabels = (
  region: RegionRecord,
  control: Control,
  labels: readonly string[],
  geometry: JsonObject,
  surroundings: Surroundings = {},
): RegionRecord =>
  withAnswer(
    region,
    control,
    labels.length === 0 && control.type === 'labels' && hasOtherItem(region, control)
      ? undefined
      : { [control.valueKey]: [...labels] },
    geometry,
    surroundings,
  )

const hasOtherItem = (region: RegionRecord, control: Control): boolean =>
  region.items.some((item) => item.from_name !== control.name)

/** Returns the annotator's note. */
export function noteOf(region: RegionRecord): string {
  for (const item of region.items) {
    const text = stringsOf(item.meta?.text)
    if (text.length > 0) return text.join('\n')
  }
  return ''
}

/** Returns the region with another note; it is repeated in every item. */
export function withNote(region: RegionRecord, note: string): RegionRecord {
  const items = region.items.map((item) => {
    const { text: _, ...others } = isObject(item.meta) ? item.meta : ({} as JsonObject)
    const meta: JsonObject = note === '' ? others : { ...others, text: [note] }
    const { meta: __, ...rest } = item
    return Object.keys(meta).length === 0 ? rest : { ...rest, meta }
  })
  return withItems(region, items)
}

/** Returns the id of the parent in the outliner, or `null` at the top. */
export const parentOf = (region: RegionRecord): RecordId | null =>
  region.items.find((item) => item.parentID)?.parentID ?? null

/** Returns the region under another parent. */
export function withParent(region: RegionRecord, parent: RecordId | null): RegionRecord {
  const items = region.items.map((item) => {
    const { parentID: _, ...rest } = item
    return parent === null ? rest : { ...rest, parentID: parent }
  })
  return { ...region, items }
}

/** Returns the score a prediction gave, or `null`. */
export function scoreOf(region: RegionRecord): number | null {
  const found = region.items.find((item) => typeof item.score === 'number')?.score
  return typeof found === 'number' ? found : null
}

/** Tells whether the region came read-only and may not be changed. */
export const isReadonly = (region: RegionRecord): boolean => region.items.some((item) => item.readonly === true)

/** Tells whether the region is a polygon whose outline is still open. */
export const isUnfinished = (region: RegionRecord): boolean =>
  region.family === 'polygon' && region.items.some((item) => item.value?.closed === false)

/** Returns where the region came from. */
export const originOf = (region: RegionRecord): Origin => region.items.find((item) => item.origin)?.origin ?? 'manual'

/** Returns the page of a multi-page object, or `null`. */
export const itemIndexOf = (region: RegionRecord): number | null => {
  const index = region.items.find((item) => typeof item.item_index === 'number')?.item_index
  return typeof index === 'number' ? index : null
}

/** Returns the value that one control gave a region, or `undefined`. */
export const answerOf = (region: RegionRecord, control: Control): Json | undefined =>
  region.items.find((item) => item.from_name === control.name)?.value?.[control.valueKey]

/** Tells whether two regions would be written alike. */
export const sameRegion = (a: RegionRecord, b: RegionRecord): boolean =>
  a.items.length === b.items.length && a.items.every((item, at) => sameJson(item as Json, b.items[at] as Json))

/** Returns the words that a region covers or says, if its results have any. */
export function excerptOf(region: RegionRecord): string {
  for (const { value } of region.items) {
    const message = isObject(value?.chatmessage) ? value.chatmessage.content : undefined
    const text = [value?.text, value?.ocrtext, message].find((part) => typeof part === 'string' && part !== '')
    if (typeof text === 'string') return text
  }
  return ''
}
