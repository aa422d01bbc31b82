import { answerId, type DocRecord, isRegion, OPAQUE, type RecordId, type RegionRecord } from './document'
import { codecsFor, type Editor } from './editor'
import { isObject, type Json } from './json'
import { flag } from './labelConfig'
import { isReadonly } from './region'
import { decodeResults } from './results'
import type { Control } from './taskConfig'
import type { Change } from './transaction'

/** Tells whether the model is asked while somebody draws. */
export const isAutoAnnotating = (editor: Editor): boolean =>
  editor.canPredict.get() && editor.settings.get().autoAnnotation && !editor.isReadonly

/** Tells whether the tool of a control draws prompts for the model now: `smart` while it is asked, `smartOnly` always. */
export function isSmartNow(editor: Editor, control: Control): boolean {
  if (flag(control.node, 'smartOnly')) return editor.canPredict.get()
  return isAutoAnnotating(editor) && flag(control.node, 'smart')
}

/** Notes that a finished region is a prompt: the model is asked about it, now and when it changes. */
export function addPrompt(editor: Editor, id: RecordId): void {
  editor.prompts.update((prompts) => new Set(prompts).add(id))
}

/** Tells whether an object can show suggestions beside its regions; if not, they are accepted at once. */
export const showsSuggestions = (editor: Editor, object: string): boolean => editor.suggesting.has(object)

/** What a model's answer became. */
export interface Reading {
  readonly suggested: readonly RegionRecord[]
  readonly accepted: readonly DocRecord[]
}

/** Returns which parts of a model's answer are shown as suggestions, and which are accepted without a question. */
export function readSuggestions(editor: Editor, result: readonly Json[]): Reading {
  const marked = result.filter(isObject).map((item): Json => ({ ...item, origin: item.origin ?? 'prediction' }))
  const records = decodeResults(marked, editor.config, codecsFor(editor.registry))
  const { acceptSuggestions } = editor.settings.get()
  const usable = records.filter(
    (record) => record.kind === 'answer' || (isRegion(record) && record.family !== OPAQUE && record.items.length > 0),
  )
  const waits = (record: DocRecord) => isRegion(record) && !acceptSuggestions && showsSuggestions(editor, record.to)
  return {
    suggested: usable.filter((record): record is RegionRecord => isRegion(record) && waits(record)),
    accepted: usable.filter((record) => !waits(record)),
  }
}

/** Takes over a model's answer: it replaces all earlier suggestions, and what needs no question is accepted as one step. */
export function takeSuggestions(editor: Editor, result: readonly Json[]): void {
  const { suggested, accepted } = readSuggestions(editor, result)
  editor.suggestions.set(suggested)
  if (accepted.length > 0) accept(editor, accepted, suggested.length === 0)
}

/** Makes suggestions regions of the annotation, as one step; without `ids` all of them, and the prompts go. */
export function acceptSuggestions(editor: Editor, ids?: readonly RecordId[]): void {
  const all = editor.suggestions.get()
  const chosen = ids ? all.filter((region) => ids.includes(region.id)) : all
  if (chosen.length === 0 || editor.isReadonly) return
  const rest = all.filter((region) => !chosen.includes(region))
  editor.suggestions.set(rest)
  accept(editor, chosen, rest.length === 0)
}

/** Throws suggestions away; without `ids` all of them, and the prompts go. */
export function rejectSuggestions(editor: Editor, ids?: readonly RecordId[]): void {
  const rest = ids ? editor.suggestions.get().filter((region) => !ids.includes(region.id)) : []
  editor.suggestions.set(rest)
  if (rest.length > 0) return
  const changes = promptChanges(editor, new Set())
  editor.prompts.set(new Set())
  editor.change('reject', changes)
}

/** An accepted region keeps its id and replaces one that has it; an answer replaces that of its control. */
function accept(editor: Editor, records: readonly DocRecord[], endsPrompts: boolean): void {
  if (editor.isReadonly) return
  let seq = editor.store.nextSeq()
  const changes = records.flatMap((record): Change[] => {
    const id = record.kind === 'answer' ? answerId(record.from, record.itemIndex) : record.id
    const before = editor.store.get(id) ?? null
    if (isRegion(before ?? undefined) && isReadonly(before as RegionRecord)) return []
    return [[id, before, { ...record, id, seq: before?.seq ?? seq++ }]]
  })
  const replaced = new Set(changes.map(([id]) => id))
  const gone = endsPrompts ? promptChanges(editor, replaced) : []
  if (endsPrompts) editor.prompts.set(new Set())
  editor.change('accept', [...changes, ...gone])
}

/** Prompts that can be told from results go with the answer they led to; a span of a text is a result itself. */
function promptChanges(editor: Editor, kept: ReadonlySet<RecordId>): Change[] {
  return [...editor.prompts.get()].flatMap((id): Change[] => {
    const region = editor.store.region(id)
    if (!region || kept.has(id) || !showsSuggestions(editor, region.to)) return []
    return [[id, region, null]]
  })
}
