import { isRegion, type RecordId, type RegionRecord } from './document'
import type { Editor } from './editor'
import { splitNames } from './labelConfig'
import { labelsFrom, parentOf, withParent } from './region'
import { isEditable } from './regionActions'
import { type Control, findWord, type Word } from './taskConfig'
import type { Change } from './transaction'

/** Why a region cannot be put under another one. */
export type NestingProblem = 'circle' | 'fixed' | 'label' | 'depth'

const MAX_DEPTH = 1000

/** Returns why `child` may not be put under `parent` (`null`: at the top); `null` if it may. */
export function nestingProblem(
  editor: Editor,
  child: RegionRecord,
  parent: RegionRecord | null,
): NestingProblem | null {
  if (!isEditable(editor, child)) return 'fixed'
  if (!parent) return null
  const above = ancestors(editor, parent)
  if (above.some((region) => region.id === child.id)) return 'circle'
  if (!mayContain(editor, parent, child)) return 'label'
  return fitsDepth(editor, child, above.length) ? null : 'depth'
}

/** Returns the region and all it lies under, nearest first. */
function ancestors(editor: Editor, region: RegionRecord): RegionRecord[] {
  const found = new Set<RegionRecord>()
  let at: RegionRecord | undefined = region
  while (at && !found.has(at)) {
    found.add(at)
    const parent: RecordId | null = parentOf(at)
    at = parent === null ? undefined : editor.store.region(parent)
  }
  return [...found]
}

/** A parent's labels with `groupCanContain` allow only the labels they name. */
function mayContain(editor: Editor, parent: RegionRecord, child: RegionRecord): boolean {
  const lists = labeledWords(editor, parent).flatMap(({ word }) => word?.node.attrs.groupCanContain ?? [])
  if (lists.length === 0) return true
  const allowed = new Set(lists.flatMap(splitNames))
  return labeledWords(editor, child).some(
    ({ label, word }) =>
      allowed.has(label) || (word !== undefined && (allowed.has(word.word) || allowed.has(word.shown))),
  )
}

interface Labeled {
  readonly control: Control
  readonly label: string
  readonly word: Word | undefined
}

const labeledWords = (editor: Editor, region: RegionRecord): Labeled[] =>
  [...editor.config.controls.values()]
    .filter((control) => control.isLabels)
    .flatMap((control) =>
      labelsFrom(region, control).map((label) => ({ control, label, word: findWord(control, label) })),
    )

/** `groupDepth` of the labels tag says how many levels below the top its regions may lie, with all under them. */
function fitsDepth(editor: Editor, child: RegionRecord, depth: number): boolean {
  const children = new Map<RecordId, RegionRecord[]>()
  for (const record of editor.store.all()) {
    const parent = isRegion(record) ? parentOf(record) : null
    if (parent === null) continue
    const siblings = children.get(parent)
    if (siblings) siblings.push(record as RegionRecord)
    else children.set(parent, [record as RegionRecord])
  }
  const fits = (region: RegionRecord, at: number): boolean =>
    at < MAX_DEPTH && at <= depthLimit(editor, region) && (children.get(region.id) ?? []).every((r) => fits(r, at + 1))
  return fits(child, depth)
}

function depthLimit(editor: Editor, region: RegionRecord): number {
  const limits = labeledWords(editor, region)
    .map(({ control }) => control.node.attrs.groupDepth)
    .filter((text): text is string => Boolean(text) && Number(text) >= 0)
  return Math.min(Number.POSITIVE_INFINITY, ...limits.map(Number))
}

/**
 * Puts regions under another one in the outliner, or at the top, as one step; tells why if one may not go there.
 *
 * Of regions that lie under each other only the uppermost moves, with what is under it.
 */
export function nest(editor: Editor, ids: RecordId | readonly RecordId[], parentId: RecordId | null): void {
  const wanted = new Set(typeof ids === 'string' ? [ids] : ids)
  const parent = parentId === null ? null : editor.store.region(parentId)
  if (parent === undefined) return
  const changes: Change[] = []
  for (const id of wanted) {
    const child = editor.store.region(id)
    if (!child || id === parentId || parentOf(child) === parentId || isUnderOne(editor, child, wanted)) continue
    const problem = nestingProblem(editor, child, parent)
    if (problem) {
      editor.tell(`nesting.${problem}`, 'warning')
      return
    }
    changes.push([id, child, withParent(child, parentId)])
  }
  editor.change('nest', changes)
}

const isUnderOne = (editor: Editor, child: RegionRecord, wanted: ReadonlySet<RecordId>): boolean =>
  ancestors(editor, child)
    .slice(1)
    .some((region) => wanted.has(region.id))

/** Puts the selected regions under the one of them that was selected last. */
export function nestUnderLast(editor: Editor): void {
  const ids = [...editor.selection.get()]
  const last = ids.pop()
  if (last !== undefined && ids.length > 0) nest(editor, ids, last)
}
