import { isRegion, OPAQUE, type RecordId, type RegionRecord, type ResultItem, relationId } from './document'
import type { Editor } from './editor'
import { codecsFor } from './editor'
import type { Json } from './json'
import { isReadonly, parentOf, withNote, withParent, withShape } from './region'
import { decodeResults } from './results'
import type { Change } from './transaction'

/** Tells whether a region may be changed: not read-only, not locked, in an annotation of one's own. */
export const isEditable = (editor: Editor, region: RegionRecord): boolean =>
  !editor.isReadonly && !isReadonly(region) && !editor.session.locked.get().has(region.id)

/** Returns the selected regions in document order. */
export const selectedRegions = (editor: Editor): RegionRecord[] => {
  const ids = editor.selection.get()
  if (ids.size === 0) return []
  return [...ids].flatMap((id) => editor.store.region(id) ?? []).sort((a, b) => a.seq - b.seq)
}

/** Deletes regions with the links to them; children move up to their parent's parent. */
export function deleteRegions(editor: Editor, ids: Iterable<RecordId>): void {
  const gone = new Map<RecordId, RegionRecord>()
  for (const id of ids) {
    const region = editor.store.region(id)
    if (region && isEditable(editor, region)) gone.set(id, region)
  }
  if (gone.size === 0) return
  const changes: Change[] = [...gone.values()].map((region) => [region.id, region, null])
  for (const record of editor.store.all()) {
    if (record.kind === 'relation' && (gone.has(record.fromId) || gone.has(record.toId))) {
      changes.push([record.id, record, null])
    } else if (isRegion(record) && !gone.has(record.id) && gone.has(parentOf(record) ?? '')) {
      changes.push([record.id, record, withParent(record, survivingParent(record, gone))])
    }
  }
  editor.change('delete', changes)
}

function survivingParent(region: RegionRecord, gone: ReadonlyMap<RecordId, RegionRecord>): RecordId | null {
  let parent = parentOf(region)
  for (let steps = gone.size; parent !== null && gone.has(parent) && steps >= 0; steps -= 1) {
    parent = parentOf(gone.get(parent) as RegionRecord)
  }
  return parent
}

/** Replaces the geometry of a region as part of the step begun last. */
export function reshape(editor: Editor, id: RecordId, shape: unknown): void {
  const region = editor.store.region(id)
  const codec = region && editor.codec(region.family)
  if (!region || !codec || !isEditable(editor, region)) return
  editor.dispatch([[id, region, withShape(region, shape, codec, editor.surroundingsOf(region.to))]])
}

/** Writes the annotator's note of a region. */
export function setNote(editor: Editor, id: RecordId, note: string): void {
  const region = editor.store.region(id)
  if (region && isEditable(editor, region)) editor.change('note', [[id, region, withNote(region, note)]])
}

/** Hides the regions if any of them is shown, else shows them. */
export function toggleHidden(editor: Editor, ids: readonly RecordId[]): void {
  editor.session.hidden.update((hidden) => toggledAll(hidden, ids))
}

/** Locks the regions if any of them is not locked, else unlocks them. */
export function toggleLocked(editor: Editor, ids: readonly RecordId[]): void {
  editor.session.locked.update((locked) => toggledAll(locked, ids))
}

/** Returns the set with all of `ids`, or without them if it had all. */
export function toggledAll(set: ReadonlySet<RecordId>, ids: readonly RecordId[]): ReadonlySet<RecordId> {
  const next = new Set(set)
  const isAllIn = ids.every((id) => set.has(id))
  for (const id of ids) {
    if (isAllIn) next.delete(id)
    else next.add(id)
  }
  return next
}

/** Links two regions; a link that exists is not made again. */
export function link(editor: Editor, fromId: RecordId, toId: RecordId): void {
  const id = relationId(fromId, toId)
  if (fromId === toId || editor.store.get(id) || !editor.store.region(fromId) || !editor.store.region(toId)) return
  const item: ResultItem = { from_id: fromId, to_id: toId, type: 'relation', direction: 'right' }
  editor.change('link', [
    [id, null, { kind: 'relation', id, seq: editor.store.nextSeq(), fromId, toId, items: [item] }],
  ])
}

/** Selects a region as a click does; while a link is being made, the region becomes its end. */
export function clickRegion(editor: Editor, id: RecordId, mode: 'only' | 'toggle' | 'range' = 'only'): void {
  const from = editor.linkingFrom.get()
  if (from !== null) {
    link(editor, from, id)
    editor.linkingFrom.set(null)
  } else if (mode === 'toggle') editor.selection.toggle(id)
  else if (mode === 'range')
    editor.selection.extend(
      editor.store.regions().map((region) => region.id),
      id,
    )
  else editor.selection.click(id)
}

/** Copies the selected regions in place and selects the copies. */
export function duplicateSelected(editor: Editor): void {
  const items = selectedRegions(editor)
    .filter((region) => region.family !== OPAQUE)
    .flatMap((region) => region.items)
  pasteItems(editor, items as Json[], 'duplicate')
}

/** Returns the results of the selected regions, as they are put on the clipboard. */
export const copiedItems = (editor: Editor): ResultItem[] =>
  selectedRegions(editor).flatMap((region) => [...region.items])

/** Adds regions from a result list under new ids and selects them; what does not fit the config is left out. */
export function pasteItems(editor: Editor, list: readonly Json[], stepName = 'paste'): number {
  if (editor.isReadonly) return 0
  const seq = editor.store.nextSeq()
  const records = decodeResults(list, editor.config, codecsFor(editor.registry))
    .filter(isRegion)
    .filter((region) => region.family !== OPAQUE)
  const ids = new Map(records.map((record) => [record.id, editor.newId()]))
  const changes = records.map((record, index): Change => {
    const id = ids.get(record.id) as RecordId
    const items = record.items.map(({ readonly: _, parentID, ...item }) => ({
      ...item,
      id,
      ...(parentID && ids.has(parentID) ? { parentID: ids.get(parentID) as string } : {}),
    }))
    return [id, null, { ...record, id, seq: seq + index, items }]
  })
  editor.change(stepName, changes)
  if (changes.length > 0) editor.selection.select(changes.map(([id]) => id))
  return changes.length
}
