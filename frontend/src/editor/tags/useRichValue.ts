import { useEffect, useState } from 'react'
import { asText } from '../core/references'
import type { TagNode } from '../core/taskConfig'
import { fetchText } from './fetchText'
import { decodeText, ownText, readResolver } from './richValue'

export interface LoadedText {
  readonly text: string | null
  /** The address that could not be loaded. */
  readonly failedUrl: string | null
}

/** Returns the text of a tag: from the task, or loaded from the address in it. */
export function useRichValue(node: TagNode): LoadedText {
  const resolver = readResolver(node.attrs.resolver)
  const isLoaded = node.attrs.valueType === 'url' || resolver !== null
  const [loaded, setLoaded] = useState<LoadedText>({ text: isLoaded ? null : ownText(node), failedUrl: null })
  useEffect(() => {
    if (!isLoaded) return
    const url = asText(node.data)
    const stop = new AbortController()
    loadText(node, url, stop.signal).then(
      (text) => stop.signal.aborted || setLoaded({ text, failedUrl: null }),
      () => stop.signal.aborted || setLoaded({ text: '', failedUrl: url }),
    )
    return () => stop.abort()
  }, [isLoaded, node])
  return loaded
}

async function loadText(node: TagNode, url: string, signal: AbortSignal): Promise<string> {
  const text = await fetchText(url, signal)
  const resolver = readResolver(node.attrs.resolver)
  if (!resolver) return decodeText(node, text)
  const { readCell } = await import('./csv')
  const cell = readCell(text, resolver)
  if (cell === null) throw new Error(`There is no column ${resolver.column}.`)
  return decodeText(node, cell)
}
