import { ConfigError } from '@/editor/core/problems'
import { findSpec } from '@/editor/core/spec'
import { parseXml, type XmlElement } from '@/editor/core/xml'
import { TAG_SPECS } from '@/editor/tags/specs.gen'

/** A label or choice as it stands in the text of a config. */
export interface WordPlace {
  readonly value: string
  readonly alias: string
  readonly background: string
  readonly hotkey: string
  readonly depth: number
  readonly from: number
  readonly tagTo: number
  readonly to: number
}

/** A control that offers labels or choices. */
export interface WordGroup {
  readonly name: string
  readonly tag: string
  readonly wordTag: 'Label' | 'Choice'
  /** Whether tasks bring words of their own. */
  readonly isDynamic: boolean
  readonly words: readonly WordPlace[]
  readonly from: number
  readonly tagTo: number
  readonly to: number
}

export type WordAttribute = 'value' | 'alias' | 'background' | 'hotkey'

/** Returns the labels and choices of a config by control; `null` if the text cannot be read. */
export function readGroups(source: string): WordGroup[] | null {
  try {
    return groupsUnder(parseXml(source).root)
  } catch (error) {
    if (error instanceof ConfigError) return null
    throw error
  }
}

function groupsUnder(element: XmlElement): WordGroup[] {
  const spec = findSpec(TAG_SPECS, element.name)
  const isChoices = spec?.name === 'Choices' || spec?.name === 'Taxonomy'
  if (spec && (isChoices || spec.kind === 'labels')) {
    const wordTag = isChoices ? 'Choice' : 'Label'
    return [
      {
        name: attribute(element, 'name'),
        tag: spec.name,
        wordTag,
        isDynamic: attribute(element, 'value').startsWith('$') || attribute(element, 'apiUrl') !== '',
        words: wordsUnder(element, wordTag, 0),
        ...placeOf(element),
      },
    ]
  }
  return element.children.flatMap(groupsUnder)
}

function wordsUnder(element: XmlElement, tag: string, depth: number): WordPlace[] {
  return element.children.flatMap((child) => {
    if (findSpec(TAG_SPECS, child.name)?.name !== tag) return wordsUnder(child, tag, depth)
    const word: WordPlace = {
      value: attribute(child, 'value') || (child.children.length === 0 ? child.text.trim() : ''),
      alias: attribute(child, 'alias'),
      background: attribute(child, 'background'),
      hotkey: attribute(child, 'hotkey'),
      depth,
      ...placeOf(child),
    }
    return [word, ...wordsUnder(child, tag, depth + 1)]
  })
}

const placeOf = ({ from, tagTo, to }: XmlElement) => ({ from, tagTo, to })

function attribute(element: XmlElement, name: string): string {
  const found = [...element.attrs].find(([written]) => written.toLowerCase() === name.toLowerCase())
  return found?.[1] ?? ''
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', ' ')

/** Returns the config with one attribute of a word changed; an empty text takes it away. The rest stays as written. */
export function withAttribute(source: string, word: WordPlace, name: WordAttribute, text: string): string {
  const tag = source.slice(word.from, word.tagTo)
  const written = new RegExp(`\\s+${name}\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'i')
  const next = text === '' && name !== 'value' ? '' : ` ${name}="${escaped(text)}"`
  const changed = written.test(tag)
    ? tag.replace(written, () => next)
    : tag.replace(/\s*(\/?>)$/, (_, end: string) => `${next}${end}`)
  return source.slice(0, word.from) + changed + source.slice(word.tagTo)
}

/** Returns the config without a word and what is under it; its line goes when nothing else stands there. */
export function withoutWord(source: string, word: WordPlace): string {
  const before = /\n[ \t]*$/.exec(source.slice(0, word.from))
  const isAlone = before !== null && /^[ \t]*(?:\r?\n|<|$)/.test(source.slice(word.to))
  const from = isAlone ? before.index : word.from
  return source.slice(0, from) + source.slice(word.to)
}

/** A word that is added. */
export interface NewWord {
  readonly value: string
  readonly background?: string
  readonly hotkey?: string
}

/** Returns the words in a pasted list: one a line, with color and hotkey after tabs or semicolons. */
export function wordsInList(text: string): NewWord[] {
  const words = text.split(/\r?\n/).flatMap((line): NewWord[] => {
    const [value = '', ...rest] = line.split(/\t|;/).map((part) => part.trim())
    if (value === '') return []
    const background = rest.find((part) => /^#[0-9a-f]{3,8}$|^[a-z]{3,}$/i.test(part))
    const hotkey = rest.find((part) => part !== background && /^\S{1,16}$/.test(part))
    return [{ value, ...(background ? { background } : {}), ...(hotkey ? { hotkey } : {}) }]
  })
  return [...new Map(words.map((word) => [word.value, word])).values()]
}

/** Returns the config with words added at the end of a control; those it has already are left out. */
export function withWords(source: string, group: WordGroup, added: readonly NewWord[]): string {
  const known = new Set(group.words.map((word) => word.value))
  const fresh = added.filter(({ value }) => !known.has(value))
  if (fresh.length === 0) return source
  const top = group.words.filter(({ depth }) => depth === 0)
  const indent = `\n${' '.repeat(indentOf(source, top[0]?.from) ?? (indentOf(source, group.from) ?? 0) + 2)}`
  const tags = fresh.map((word) => `${indent}<${group.wordTag}${attributesOf(word)}/>`).join('')
  const last = top[top.length - 1]
  if (last) return source.slice(0, last.to) + tags + source.slice(last.to)
  const end = `\n${' '.repeat(indentOf(source, group.from) ?? 0)}`
  const tag = source.slice(group.from, group.tagTo)
  if (!tag.endsWith('/>')) {
    const rest = source.slice(group.tagTo)
    return source.slice(0, group.tagTo) + tags + (/^\s*\n/.test(rest) ? '' : end) + rest
  }
  const name = /^<([^\s/>]+)/.exec(tag)?.[1] ?? group.tag
  const opened = tag.replace(/\s*\/>$/, '>')
  return `${source.slice(0, group.from)}${opened}${tags}${end}</${name}>${source.slice(group.tagTo)}`
}

const attributesOf = ({ value, background, hotkey }: NewWord): string =>
  [
    ` value="${escaped(value)}"`,
    background ? ` background="${escaped(background)}"` : '',
    hotkey ? ` hotkey="${escaped(hotkey)}"` : '',
  ].join('')

/** Returns how far a tag is indented; `null` if something stands before it on its line. */
function indentOf(source: string, at: number | undefined): number | null {
  if (at === undefined) return null
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at)
  return /^[ \t]*$/.test(line) ? line.length : null
}

/** Returns the config with a word and its next sibling changing places; `by` is -1 or 1. */
export function withMoved(source: string, group: WordGroup, word: WordPlace, by: -1 | 1): string {
  const siblings = siblingsOf(group, word)
  const at = siblings.findIndex(({ from }) => from === word.from)
  const other = siblings[at + by]
  if (at < 0 || !other) return source
  const [first, second] = by === 1 ? [word, other] : [other, word]
  return (
    source.slice(0, first.from) +
    source.slice(second.from, second.to) +
    source.slice(first.to, second.from) +
    source.slice(first.from, first.to) +
    source.slice(second.to)
  )
}

/** Returns the words of one level that stand under the same word. */
export function siblingsOf(group: WordGroup, word: WordPlace): WordPlace[] {
  const parent = group.words.find(
    (other) => other.from < word.from && other.to > word.to && other.depth === word.depth - 1,
  )
  return group.words.filter(
    (other) => other.depth === word.depth && (!parent || (other.from > parent.from && other.to <= parent.to)),
  )
}
