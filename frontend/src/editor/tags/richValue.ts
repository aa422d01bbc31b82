import { asText } from '../core/references'
import type { TagNode } from '../core/taskConfig'

/** Returns a text as its tag wants it decoded. */
export function decodeText(node: TagNode, text: string): string {
  if (node.attrs.encoding === 'base64') return decoded(text, (bytes) => new TextDecoder('latin1').decode(bytes))
  if (node.attrs.encoding === 'base64unicode') return decoded(text, (bytes) => new TextDecoder().decode(bytes))
  return text
}

/** Returns the text in the task, decoded. */
export const ownText = (node: TagNode): string => decodeText(node, asText(node.data))

function decoded(text: string, toText: (bytes: Uint8Array) => string): string {
  try {
    return toText(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)))
  } catch {
    return text
  }
}

/** Tells whether results of this tag carry the covered text. */
export function savesText(node: TagNode): boolean {
  if (node.attrs.saveTextResult === 'yes') return true
  return node.attrs.saveTextResult !== 'no' && node.attrs.valueType !== 'url'
}

/** How to find one cell of a CSV file: `csv|column=NAME|separator=;|headless`. */
export interface CellAddress {
  readonly column: string
  readonly separator: string
  readonly hasHeader: boolean
}

/** Returns what a `resolver` asks for; `null` if it is none that is known. */
export function readResolver(text: string | undefined): CellAddress | null {
  const [kind, ...options] = (text ?? '').split('|').map((part) => part.trim())
  if (kind?.toLowerCase() !== 'csv') return null
  const named = new Map(options.map((option) => [option.split('=')[0] ?? '', option.slice(option.indexOf('=') + 1)]))
  return {
    column: named.get('column') ?? '0',
    separator: named.get('separator') || ',',
    hasHeader: !options.includes('headless'),
  }
}
