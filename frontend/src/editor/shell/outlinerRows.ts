import type { RecordId, RegionRecord } from '../core/document'
import type { Editor } from '../core/editor'
import { labelNames, regionColor, UNLABELED } from '../core/labeling'
import { allLabels, noteOf, parentOf, scoreOf } from '../core/region'
import type { EditorSettings } from '../core/settings'

/** A line of the outliner. */
export type Row =
  | {
      readonly kind: 'region'
      readonly id: RecordId
      readonly depth: number
      readonly number: number
      readonly hasChildren: boolean
    }
  | {
      readonly kind: 'group'
      readonly key: string
      readonly title: string | null
      readonly color: string
      readonly ids: readonly RecordId[]
    }

type Listing = Pick<EditorSettings, 'groupBy' | 'orderBy' | 'isDescending'>

/**
 * Returns the lines of the outliner for the open annotation; regions under a folded one are left out.
 *
 * With a filter only regions that match it are listed, in the tree with what they lie under.
 */
export function outlinerRows(editor: Editor, listing: Listing, folded: ReadonlySet<string>, filter = ''): Row[] {
  const all = editor.store.regions()
  const numbers = new Map(all.map((region, index) => [region.id, index + 1]))
  const regions = filter.trim() === '' ? all : filtered(editor, all, filter, listing.groupBy === 'manual')
  const ordered = inOrder(regions, listing)
  if (listing.groupBy === 'manual') return treeRows(ordered, numbers, folded)
  return groupRows(editor, ordered, numbers, listing.groupBy, folded)
}

function filtered(editor: Editor, all: readonly RegionRecord[], filter: string, isTree: boolean): RegionRecord[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = new Set<RecordId>()
  all.forEach((region, index) => {
    const text = searchText(editor, region, index + 1)
    if (!words.every((word) => text.includes(word))) return
    for (let at: RegionRecord | undefined = region; at && !shown.has(at.id); ) {
      shown.add(at.id)
      const parent: RecordId | null = isTree ? parentOf(at) : null
      at = parent === null ? undefined : editor.store.region(parent)
    }
  })
  return all.filter((region) => shown.has(region.id))
}

/** Everything by which a region may be found: number, labels, answers, text, note, id. */
function searchText(editor: Editor, region: RegionRecord, number: number): string {
  const values = region.items.flatMap((item) => Object.values(item.value ?? {}))
  const texts = values.filter((value): value is string => typeof value === 'string' && value.length < 2000)
  const answers = values.flatMap((value) => (Array.isArray(value) && value.length < 100 ? value.flat() : []))
  const words = answers.filter((value): value is string => typeof value === 'string')
  return [`#${number}`, ...labelNames(editor, region), ...texts, ...words, noteOf(region), region.id]
    .join(' ')
    .toLowerCase()
}

function inOrder(regions: readonly RegionRecord[], { orderBy, isDescending }: Listing): RegionRecord[] {
  const key = (region: RegionRecord) => (orderBy === 'score' ? (scoreOf(region) ?? -1) : region.seq)
  const sign = isDescending ? -1 : 1
  return [...regions].sort((a, b) => sign * (key(a) - key(b)) || a.seq - b.seq)
}

function treeRows(
  regions: readonly RegionRecord[],
  numbers: ReadonlyMap<RecordId, number>,
  folded: ReadonlySet<string>,
): Row[] {
  const children = new Map<RecordId | null, RegionRecord[]>()
  const known = new Set(regions.map((region) => region.id))
  for (const region of regions) {
    const parent = parentOf(region)
    // A parent that is gone, or a circle, must not hide a region.
    const place = parent !== null && known.has(parent) && !isCircular(region, regions) ? parent : null
    const siblings = children.get(place)
    if (siblings) siblings.push(region)
    else children.set(place, [region])
  }
  const rows: Row[] = []
  const add = (region: RegionRecord, depth: number) => {
    const inside = children.get(region.id) ?? []
    rows.push({
      kind: 'region',
      id: region.id,
      depth,
      number: numbers.get(region.id) ?? 0,
      hasChildren: inside.length > 0,
    })
    if (!folded.has(region.id)) for (const child of inside) add(child, depth + 1)
  }
  for (const region of children.get(null) ?? []) add(region, 0)
  return rows
}

function isCircular(region: RegionRecord, regions: readonly RegionRecord[]): boolean {
  let at = parentOf(region)
  if (at === null) return false
  const byId = new Map<RecordId, RegionRecord>()
  for (const other of regions) if (parentOf(other) !== null) byId.set(other.id, other)
  for (let steps = 0; at !== null && steps <= byId.size; steps += 1) {
    if (at === region.id) return true
    const next = byId.get(at)
    at = next ? parentOf(next) : null
  }
  return at !== null
}

function groupRows(
  editor: Editor,
  regions: readonly RegionRecord[],
  numbers: ReadonlyMap<RecordId, number>,
  groupBy: 'label' | 'type',
  folded: ReadonlySet<string>,
): Row[] {
  const groups = new Map<string, { title: string | null; color: string; regions: RegionRecord[] }>()
  for (const region of regions) {
    const labels = labelNames(editor, region)
    const titles = groupBy === 'type' ? [region.items[0]?.type ?? region.family] : labels.length > 0 ? labels : [null]
    for (const title of titles) {
      const key = title ?? ''
      const color = groupBy === 'type' || title === null ? UNLABELED : regionColor(editor, region)
      const group = groups.get(key) ?? { title, color, regions: [] }
      group.regions.push(region)
      groups.set(key, group)
    }
  }
  return [...groups].flatMap(([key, group]): Row[] => [
    { kind: 'group', key, title: group.title, color: group.color, ids: group.regions.map((region) => region.id) },
    ...(folded.has(`group:${key}`)
      ? []
      : group.regions.map(
          (region): Row => ({
            kind: 'region',
            id: region.id,
            depth: 1,
            number: numbers.get(region.id) ?? 0,
            hasChildren: false,
          }),
        )),
  ])
}

/** Tells whether two states of a region look the same in the outliner, so that moving it draws nothing anew. */
export function looksSame(a: RegionRecord, b: RegionRecord): boolean {
  if (a.items.length !== b.items.length || parentOf(a) !== parentOf(b) || scoreOf(a) !== scoreOf(b)) return false
  const [before, after] = [allLabels(a), allLabels(b)]
  return before.length === after.length && before.every((label, at) => label === after[at])
}
