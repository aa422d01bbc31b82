import { asText } from '../../core/references'
import type { TagNode } from '../../core/taskConfig'

/** Returns the text that a Text tag shows, decoded. */
export function readText(node: TagNode): string {
  const text = asText(node.data)
  if (node.attrs.encoding === 'base64') return decoded(text, (bytes) => new TextDecoder('latin1').decode(bytes))
  if (node.attrs.encoding === 'base64unicode') return decoded(text, (bytes) => new TextDecoder().decode(bytes))
  return text
}

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
