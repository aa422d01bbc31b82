import type { Editor } from './editor'
import type { Control, Word } from './taskConfig'

/** A text that words must hold to be shown. */
export interface WordFilter {
  readonly text: string
  readonly isCaseSensitive: boolean
}

/** Tells whether a search leaves this word of a control to see. */
export function isFound(editor: Editor, control: Control, word: Word): boolean {
  const filter = editor.wordFilters.get().get(control.name)
  return !filter || holds(word, filter)
}

const holds = (word: Word, { text, isCaseSensitive }: WordFilter): boolean =>
  isCaseSensitive ? word.shown.includes(text) : word.shown.toLowerCase().includes(text.toLowerCase())

/** Shows only the words of a control that hold a text; `null` shows all. */
export function filterWords(editor: Editor, control: Control, filter: WordFilter | null): void {
  editor.wordFilters.update((filters) => {
    const next = new Map(filters)
    if (filter) next.set(control.name, filter)
    else next.delete(control.name)
    return next
  })
}
