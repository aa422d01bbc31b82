import { isList, isObject, type Json, type JsonObject, numberOf } from '../../core/json'
import { flag } from '../../core/labelConfig'
import { asText } from '../../core/references'
import type { TagNode } from '../../core/taskConfig'

/** One thing somebody says. Times are seconds. */
export interface Phrase {
  readonly speaker: string
  readonly text: string
  readonly start: number | null
  readonly end: number | null
}

/** Phrases, or what is wrong with the data: which key is missing, or `''` if they are no list. */
export type PhrasesRead = { readonly phrases: readonly Phrase[] } | { readonly missing: string }

/** Reads the phrases of a dialogue as its tag says. */
export function readPhrases(node: TagNode, data: Json): PhrasesRead {
  const list = typeof data === 'string' ? parseJson(data) : data
  if (!isList(list)) return { missing: '' }
  const [nameKey, textKey] = [node.attrs.nameKey || 'author', node.attrs.textKey || 'text']
  const first = list[0]
  if (first !== undefined) {
    if (!isObject(first)) return { missing: textKey }
    for (const key of [nameKey, textKey]) if (first[key] === undefined) return { missing: key }
  }
  const phrases = list.filter(isObject).map((entry) => toPhrase(entry, nameKey, textKey))
  return { phrases: flag(node, 'contextScroll') ? inTime(phrases) : phrases }
}

function toPhrase(entry: JsonObject, nameKey: string, textKey: string): Phrase {
  const start = numberOf(entry.start)
  const duration = numberOf(entry.duration)
  const end = numberOf(entry.end) ?? (start !== null && duration !== null ? start + duration : null)
  return { speaker: asText(entry[nameKey]), text: asText(entry[textKey]), start, end }
}

const inTime = (phrases: readonly Phrase[]): Phrase[] =>
  [...phrases].sort((a, b) => (a.start ?? Number.POSITIVE_INFINITY) - (b.start ?? Number.POSITIVE_INFINITY) || 0)

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

/** Returns seconds as `hh:mm:ss`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
}

/** Returns the index of the phrase that is said at a time; -1 if nobody speaks. */
export const phraseAt = (phrases: readonly Phrase[], time: number): number =>
  phrases.findLastIndex(({ start, end }) => start !== null && start <= time && (end === null || time < end))
