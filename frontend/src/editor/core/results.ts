import { answerId, byPlace, type DocRecord, OPAQUE, type RecordId, type ResultItem, relationId } from './document'
import { newRegionId } from './ids'
import { isObject, type Json } from './json'
import type { RegionCodec } from './region'
import type { Control, ObjectTag, TaskConfig } from './taskConfig'

/** Gives the codecs of the regions that may lie on an object. */
export type CodecsFor = (object: ObjectTag | undefined, type: string) => readonly RegionCodec[]

interface Known {
  readonly raw: ResultItem
  readonly item: ResultItem
  readonly index: number
  readonly control: Control | null
}

const OLD_TYPES: Readonly<Record<string, string>> = { htmllabels: 'hypertextlabels' }

/**
 * Reads a result list into records.
 *
 * Nothing is lost: what the config does not know is kept aside, and `encodeResults` writes it back. Of several answers
 * of one control the last wins; an item without an id gets a new one.
 */
export function decodeResults(result: readonly Json[], config: TaskConfig, codecsFor: CodecsFor): DocRecord[] {
  const records = new Map<RecordId, DocRecord>()
  const groups = new Map<string, Known[]>()
  result.forEach((raw, index) => {
    if (!isObject(raw)) return
    const item = raw as ResultItem
    if (item.type === 'relation' && item.from_id && item.to_id) {
      const id = relationId(item.from_id, item.to_id)
      records.set(id, { kind: 'relation', id, seq: index, fromId: item.from_id, toId: item.to_id, items: [item] })
      return
    }
    const tolerant = tolerate(item)
    const control = controlOf(tolerant, config)
    const found = control && control.name !== tolerant.from_name ? { ...tolerant, from_name: control.name } : tolerant
    const known: Known = { raw: item, item: found, index, control }
    const group = groups.get(tolerant.id as string)
    if (group) group.push(known)
    else groups.set(tolerant.id as string, [known])
  })
  for (const [id, group] of groups) for (const record of readGroup(id, group, config, codecsFor)) put(records, record)
  return [...records.values()].sort(byPlace)
}

/** Of several answers of one control the last wins. */
function put(records: Map<RecordId, DocRecord>, record: DocRecord): void {
  const earlier = records.get(record.id)
  if (!earlier || earlier.seq < record.seq) records.set(record.id, record)
}

/** Returns the result list of the records. */
export const encodeResults = (records: Iterable<DocRecord>): ResultItem[] =>
  [...records].sort(byPlace).flatMap((record) => [...record.items])

function tolerate(item: ResultItem): ResultItem {
  const id = typeof item.id === 'string' && item.id !== '' ? item.id : newRegionId()
  const type = OLD_TYPES[item.type ?? ''] ?? item.type
  const { normalization, ...rest } = item
  const note = typeof normalization === 'string' && !item.meta?.text ? normalization : null
  if (note === null && id === item.id && type === item.type) return item
  return { ...(note === null ? item : { ...rest, meta: { ...item.meta, text: [note] } }), id, type }
}

/** Finds the control of an item; labels whose control is unknown may belong to another one of the same object. */
function controlOf(item: ResultItem, config: TaskConfig): Control | null {
  const named = config.controls.get(item.from_name ?? '')
  if (named) return named
  const type = item.type ?? ''
  if (!type.endsWith('labels') || !config.objects.has(item.to_name ?? '')) return null
  const here = [...config.controls.values()].filter((control) => control.toName.includes(item.to_name as string))
  const bare = type.slice(0, -'labels'.length)
  return (
    here.find((control) => bare !== '' && control.type === bare) ??
    here.find((control) => control.type === type) ??
    here.find((control) => control.type === 'labels') ??
    null
  )
}

function readGroup(id: string, group: readonly Known[], config: TaskConfig, codecsFor: CodecsFor): DocRecord[] {
  const region = readRegion(id, group, config, codecsFor)
  if (region) return [region]
  return group.map(({ raw, item, index, control }): DocRecord => {
    if (!control) return { kind: 'kept', id: `kept:${index}`, seq: index, items: [raw] }
    const itemIndex = control.isPerItem ? (item.item_index ?? 0) : null
    return {
      kind: 'answer',
      id: answerId(control.name, itemIndex),
      seq: index,
      from: control.name,
      itemIndex,
      items: [item],
    }
  })
}

/** Returns the region that a group of items with one id makes; `null` if they are answers about the whole object. */
function readRegion(id: string, group: readonly Known[], config: TaskConfig, codecsFor: CodecsFor): DocRecord | null {
  const located = group.filter(({ control }) => control?.isRegion)
  const main =
    located.find(({ item }) => item.type !== 'labels') ??
    located[0] ??
    group.find(({ control }) => control?.isPerRegion)
  if (!main) return null
  const to = main.item.to_name ?? ''
  const seq = (group[0] as Known).index
  const items = group.map(({ item }) => item)
  for (const codec of codecsFor(config.objects.get(to), main.item.type ?? '')) {
    const shape = main.item.value ? codec.decode(main.item.value) : null
    if (shape !== null) return { kind: 'region', id, seq, to, family: codec.family, shape, items }
  }
  return located.length > 0 ? { kind: 'region', id, seq, to, family: OPAQUE, shape: null, items } : null
}
