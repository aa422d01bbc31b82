import {
  type AnswerRecord,
  answerId,
  type DocRecord,
  type RegionRecord,
  type RelationRecord,
  relationId,
} from '../core/document'

/** Returns the answer of a control, as `rating`. */
export const answer = (from: string, value: number, seq = 1): AnswerRecord => ({
  kind: 'answer',
  id: answerId(from),
  seq,
  from,
  itemIndex: null,
  items: [{ id: `i-${from}`, from_name: from, to_name: 'text', type: 'rating', value: { rating: value } }],
})

/** Returns a span of a text. */
export const span = (id: string, start: number, seq = 1): RegionRecord => ({
  kind: 'region',
  id,
  seq,
  to: 'text',
  family: 'text',
  shape: { start, end: start + 1 },
  items: [{ id, from_name: 'lab', to_name: 'text', type: 'labels', value: { start, end: start + 1, labels: ['A'] } }],
})

/** Returns a link. */
export const relation = (fromId: string, toId: string, seq = 1): RelationRecord => ({
  kind: 'relation',
  id: relationId(fromId, toId),
  seq,
  fromId,
  toId,
  items: [{ type: 'relation', from_id: fromId, to_id: toId, direction: 'right' }],
})

/** Returns the ids of records. */
export const idsOf = (records: readonly DocRecord[]): string[] => records.map((record) => record.id)
