import { canAnswer, currentAnswer, setAnswer, setRegionAnswer } from '../../core/answers'
import type { Editor } from '../../core/editor'
import { type JsonObject, stringsOf } from '../../core/json'
import { flag } from '../../core/labelConfig'
import { answerOf } from '../../core/region'
import { isEditable } from '../../core/regionActions'
import type { Control } from '../../core/taskConfig'

/** Returns the entries of a text area; a single text counts as one entry. */
export function entriesOf(editor: Editor, control: Control): string[] {
  const answer = currentAnswer(editor, control)
  return typeof answer === 'string' ? [answer] : stringsOf(answer)
}

/** Returns how many entries may be given. */
export const mostEntries = (control: Control): number => {
  const most = Number(control.node.attrs.maxSubmissions ?? Number.NaN)
  return most > 0 ? most : Number.POSITIVE_INFINITY
}

/** Adds an entry; tells whether it was taken. */
export function addEntry(editor: Editor, control: Control, text: string, meta?: JsonObject): boolean {
  const entries = entriesOf(editor, control)
  if (text.trim() === '' || !canAnswer(editor, control) || entries.length >= mostEntries(control)) return false
  if (flag(control.node, 'skipDuplicates') && entries.some((entry) => entry.toLowerCase() === text.toLowerCase())) {
    editor.tell('textarea.duplicate', 'warning')
    return false
  }
  setAnswer(editor, control, [...entries, text], meta)
  return true
}

/** Replaces an entry; without text it is deleted. */
export function changeEntry(editor: Editor, control: Control, index: number, text: string): void {
  const entries = entriesOf(editor, control)
  const next = text.trim() === '' ? entries.toSpliced(index, 1) : entries.with(index, text)
  if (next.length === entries.length && next[index] === entries[index]) return
  setAnswer(editor, control, next.length === 0 ? undefined : next)
}

/** Adds what still stood in the input when another region was selected to the region it was typed for. */
export function keepForRegion(editor: Editor, control: Control, regionId: string, text: string): void {
  const region = control.isPerRegion ? editor.store.region(regionId) : undefined
  if (!region || !isEditable(editor, region)) return
  const entries = stringsOf(answerOf(region, control))
  const isTwice =
    flag(control.node, 'skipDuplicates') && entries.some((entry) => entry.toLowerCase() === text.toLowerCase())
  if (!isTwice && entries.length < mostEntries(control)) setRegionAnswer(editor, control, region, [...entries, text])
}
