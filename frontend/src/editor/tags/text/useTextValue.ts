import { useEffect, useState } from 'react'
import { asText } from '../../core/references'
import type { TagNode } from '../../core/taskConfig'
import { readText } from './readText'

export interface LoadedText {
  readonly text: string | null
  /** The address that could not be loaded. */
  readonly failedUrl: string | null
}

/** Returns the text of a tag: from the task, or loaded from the address in it. */
export function useTextValue(node: TagNode): LoadedText {
  const isUrl = node.attrs.valueType === 'url'
  const [loaded, setLoaded] = useState<LoadedText>({ text: isUrl ? null : readText(node), failedUrl: null })
  useEffect(() => {
    if (!isUrl) return
    const url = asText(node.data)
    const stop = new AbortController()
    fetch(url, { signal: stop.signal })
      .then((response) => (response.ok ? response.text() : Promise.reject(new Error(response.statusText))))
      .then((text) => setLoaded({ text, failedUrl: null }))
      .catch(() => stop.signal.aborted || setLoaded({ text: '', failedUrl: url }))
    return () => stop.abort()
  }, [isUrl, node])
  return loaded
}
