import type { Json, JsonObject } from './json'

export type RecordId = string
export type Origin = 'manual' | 'prediction' | 'prediction-changed'

/** One entry of a stored result list, as it travels. Keys we do not know stay in it untouched. */
export interface ResultItem {
  readonly id?: string
  readonly from_name?: string
  readonly to_name?: string
  readonly type?: string
  readonly value?: JsonObject
  readonly origin?: Origin
  readonly parentID?: string
  readonly readonly?: boolean
  readonly score?: number | null
  readonly meta?: JsonObject
  readonly item_index?: number
  readonly from_id?: string
  readonly to_id?: string
  readonly direction?: string
  readonly labels?: readonly string[]
  readonly [key: string]: Json | undefined
}

interface Base {
  readonly id: RecordId
  /** Place among the records; results are written in this order. */
  readonly seq: number
  /** What is written: the items exactly as they were read, but for what was changed since. */
  readonly items: readonly ResultItem[]
}

/** A located result with its labels and per-region answers. `shape` is the geometry, read by the codec of `family`. */
export interface RegionRecord extends Base {
  readonly kind: 'region'
  readonly to: string
  readonly family: string
  readonly shape: unknown
}

/** The answer of one control about a whole object, or about one page of it. */
export interface AnswerRecord extends Base {
  readonly kind: 'answer'
  readonly from: string
  readonly itemIndex: number | null
}

/** A link between two regions. */
export interface RelationRecord extends Base {
  readonly kind: 'relation'
  readonly fromId: RecordId
  readonly toId: RecordId
}

/** Items that this config says nothing about; they are kept and written back. */
export interface KeptRecord extends Base {
  readonly kind: 'kept'
}

export type DocRecord = RegionRecord | AnswerRecord | RelationRecord | KeptRecord

/** The family of regions whose geometry no codec here can read; they are listed, never changed. */
export const OPAQUE = 'opaque'

/** Returns the id of the record that holds a control's answer. */
export const answerId = (from: string, itemIndex: number | null = null): RecordId =>
  itemIndex === null ? `answer:${from}` : `answer:${from}:${itemIndex}`

/** Returns the id of the record that holds the link between two regions. */
export const relationId = (fromId: RecordId, toId: RecordId): RecordId => `relation:${fromId}:${toId}`

/** Tells whether a record is a region. */
export const isRegion = (record: DocRecord | undefined): record is RegionRecord => record?.kind === 'region'

/** Orders records as they are written: by `seq`, links last. */
export function byPlace(a: DocRecord, b: DocRecord): number {
  const links = Number(a.kind === 'relation') - Number(b.kind === 'relation')
  return links || a.seq - b.seq
}
