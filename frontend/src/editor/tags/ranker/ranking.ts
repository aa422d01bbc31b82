import { canAnswer, currentAnswer, setAnswer } from '../../core/answers'
import type { Editor } from '../../core/editor'
import { isObject, type Json, stringsOf } from '../../core/json'
import { flag } from '../../core/labelConfig'
import type { Control } from '../../core/taskConfig'
import { isShown } from '../../core/visibility'
import { type ListItem, readItems } from '../listItems'

/** A column of a Ranker. */
export interface Column {
  readonly name: string
  readonly title: string
}

/** Ids of the items in every column. */
export type Ranking = Readonly<Record<string, readonly string[]>>

/** Name of the column of items that are in no bucket. */
export const UNPLACED = '_'

/** Returns the items that a Ranker orders. */
export const itemsOf = (editor: Editor, control: Control): ListItem[] =>
  readItems(editor.config.objects.get(control.toName[0] ?? '')?.node.data ?? null)

/** Returns the columns: one without buckets; else the buckets, behind the list unless one of them begins with all items. */
export function columnsOf(editor: Editor, control: Control): Column[] {
  const buckets = control.node.children.filter((child) => child.tag === 'Bucket')
  const listTitle = editor.config.objects.get(control.toName[0] ?? '')?.node.attrs.title ?? ''
  if (buckets.length === 0) return [{ name: control.name, title: listTitle }]
  const columns = buckets.map(({ attrs }) => ({ name: attrs.name ?? '', title: attrs.title || (attrs.name ?? '') }))
  return buckets.some((bucket) => flag(bucket, 'default'))
    ? columns
    : [{ name: UNPLACED, title: listTitle }, ...columns]
}

/** Returns the column in which all items begin. */
export function firstColumn(editor: Editor, control: Control): string {
  const preset = control.node.children.find((child) => child.tag === 'Bucket' && flag(child, 'default'))
  return preset?.attrs.name ?? columnsOf(editor, control)[0]?.name ?? control.name
}

/** Returns where the items stand; those that the answer does not name are at the end of the first column. */
export function rankingOf(editor: Editor, control: Control, answer: Json | undefined): Ranking {
  const known = new Set(itemsOf(editor, control).map((item) => item.id))
  const stored = isObject(answer) ? answer : {}
  const placed = new Set<string>()
  const ranking: Record<string, string[]> = {}
  for (const { name } of columnsOf(editor, control)) {
    ranking[name] = [...new Set(stringsOf(stored[name]))].filter((id) => known.has(id) && !placed.has(id))
    for (const id of ranking[name]) placed.add(id)
  }
  const first = firstColumn(editor, control)
  ranking[first] = [...(ranking[first] ?? []), ...[...known].filter((id) => !placed.has(id))]
  return ranking
}

/** Returns the ranking with an item moved to a place of a column. */
export function moved(ranking: Ranking, id: string, column: string, at: number): Ranking {
  const without = Object.fromEntries(
    Object.entries(ranking).map(([name, ids]) => [name, ids.filter((other) => other !== id)]),
  )
  return { ...without, [column]: (without[column] ?? []).toSpliced(at, 0, id) }
}

/** Returns the column that holds an item. */
export const columnOf = (ranking: Ranking, id: string): string | undefined =>
  Object.keys(ranking).find((name) => ranking[name]?.includes(id))

/** Stores a ranking as the answer. */
export const rank = (editor: Editor, control: Control, ranking: Ranking): void =>
  setAnswer(editor, control, ranking as Json)

/** An order that nobody changed is an answer too (LS), if it was on the screen at all. */
export function finishRanking(editor: Editor, control: Control): void {
  const isSeen = editor.seen.has(control.name) && isShown(editor, control.node)
  const isAsked = isSeen && canAnswer(editor, control) && itemsOf(editor, control).length > 0
  if (isAsked && currentAnswer(editor, control) === undefined)
    rank(editor, control, rankingOf(editor, control, undefined))
}
