import { useEffect, useState } from 'react'
import type { Json } from '../core/json'
import { asText } from '../core/references'
import type { TagNode } from '../core/taskConfig'
import { fetchText } from './fetchText'

export interface LoadedJson {
  /** `undefined` while it is loading. */
  readonly value: Json | undefined
  /** The address that could not be loaded. */
  readonly failedUrl: string | null
}

/** Returns the data of a tag: from the task, or loaded from the address in it. */
export function useJsonValue(node: TagNode, isUrl: boolean): LoadedJson {
  const [loaded, setLoaded] = useState<LoadedJson>({ value: isUrl ? undefined : node.data, failedUrl: null })
  useEffect(() => {
    if (!isUrl) return
    const url = asText(node.data)
    const stop = new AbortController()
    fetchText(url, stop.signal)
      .then((text) => JSON.parse(text) as Json)
      .then(
        (value) => stop.signal.aborted || setLoaded({ value, failedUrl: null }),
        () => stop.signal.aborted || setLoaded({ value: null, failedUrl: url }),
      )
    return () => stop.abort()
  }, [isUrl, node])
  return loaded
}
