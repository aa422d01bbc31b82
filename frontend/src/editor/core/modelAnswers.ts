import { answerId, type DocRecord, isRegion, OPAQUE, type RegionRecord } from './document'
import { codecsFor, type Editor } from './editor'
import { isObject, type Json } from './json'
import { isReadonly, originOf } from './region'
import { decodeResults } from './results'
import type { Change } from './transaction'

/** Tags on which mere prompts can be drawn; their view has buttons to accept and reject suggestions. */
const DRAWN_ON = new Set(['Image'])
/** What a model says in a conversation is a part of it at once; everywhere else suggestions wait. */
const AT_ONCE = new Set(['Chat'])

const tagOf = (editor: Editor, object: string): string => editor.config.objects.get(object)?.tag ?? ''

/** Tells whether suggestions for an object wait, on it or in the strip below, until they are accepted. */
export const showsSuggestions = (editor: Editor, object: string): boolean => !AT_ONCE.has(tagOf(editor, object))

/** Tells whether the view of an object has buttons of its own for suggestions. */
export const hasOwnButtons = (editor: Editor, object: string): boolean => DRAWN_ON.has(tagOf(editor, object))

/**
 * Tells whether a region is a question for the model by itself: nothing can be drawn as a mere prompt on its object.
 * What a model said is no question again.
 */
export const isPrompt = (editor: Editor, region: RegionRecord): boolean =>
  !hasOwnButtons(editor, region.to) &&
  originOf(region) !== 'prediction' &&
  region.items.some((item) => {
    const control = editor.config.controls.get(item.from_name ?? '')
    return control?.isRegion === true && control.node.attrs.smart !== 'false'
  })

/** Returns the regions in a model's answer that wait beside the others until they are accepted. */
export const readSuggestions = (editor: Editor, answer: readonly Json[]): RegionRecord[] =>
  recordsOf(editor, answer).filter(
    (record): record is RegionRecord => isRegion(record) && showsSuggestions(editor, record.to),
  )

/** Puts accepted suggestions, and all of an answer that cannot be shown as a suggestion, into the document: one step. */
export function keepAnswer(editor: Editor, regions: readonly RegionRecord[], answer: readonly Json[]): void {
  if (editor.isReadonly) return
  const rest = recordsOf(editor, answer).filter((record) => !(isRegion(record) && showsSuggestions(editor, record.to)))
  let seq = editor.store.nextSeq()
  const changes = [...regions, ...rest].flatMap((record): Change[] => {
    const id = record.kind === 'answer' ? answerId(record.from, record.itemIndex) : record.id
    const before = editor.store.get(id) ?? null
    if (before?.kind === 'region' && isReadonly(before)) return []
    const { seq: place } = before ?? { seq: seq++ }
    return [[id, before, { ...record, id, seq: place }]]
  })
  editor.change('accept', changes)
}

/** An accepted region keeps its id, so that it replaces one that has it; what says nothing here is left out. */
function recordsOf(editor: Editor, answer: readonly Json[]): DocRecord[] {
  const marked = answer.filter(isObject).map((item): Json => ({ ...item, origin: 'prediction' }))
  return decodeResults(marked, editor.config, codecsFor(editor.registry)).filter(
    (record) => record.kind === 'answer' || (isRegion(record) && record.family !== OPAQUE),
  )
}
