import type { RecordId } from '../../core/document'
import type { Editor } from '../../core/editor'
import { type PhraseSpan, phraseSpanCodec } from './codec'

/** Returns the next (or previous) region that touches a phrase, after the selected one and round again; `null` if none does. */
export function regionInPhrase(editor: Editor, object: string, phrase: number, step: 1 | -1): RecordId | null {
  const here = editor.store
    .regions()
    .filter((region) => {
      if (region.to !== object || region.family !== phraseSpanCodec.family) return false
      const { start, end } = region.shape as PhraseSpan
      return Number(start) <= phrase && phrase <= Number(end)
    })
    .sort((a, b) => offsetIn(a.shape as PhraseSpan, phrase) - offsetIn(b.shape as PhraseSpan, phrase))
  if (here.length === 0) return null
  const at = here.findIndex((region) => region.id === editor.selection.only())
  const next = at < 0 ? (step === 1 ? 0 : here.length - 1) : (at + step + here.length) % here.length
  return here[next]?.id ?? null
}

const offsetIn = (span: PhraseSpan, phrase: number): number => (Number(span.start) === phrase ? span.startOffset : 0)
