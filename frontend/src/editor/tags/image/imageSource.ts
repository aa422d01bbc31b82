import { isList } from '../../core/json'
import { asText } from '../../core/references'
import type { TagNode } from '../../core/taskConfig'

/** Returns the addresses of the pictures of an Image tag: one, or one a page. */
export function imageUrls(node: TagNode): string[] {
  const { attrs, data } = node
  // Pages keep their numbers: results name them.
  if (isList(data) && attrs.valueList) return data.map(asText)
  if (isList(data)) return data.map(asText).filter((url) => url !== '')
  const url = asText(data)
  return url === '' ? [] : [url]
}

/** Tells whether a browser may load the address as a picture. */
export const isImageUrl = (url: string): boolean =>
  /^(https?:|blob:|data:image\/|\/|\.{0,2}\/)/i.test(url) || !/^[a-z][a-z0-9+.-]*:/i.test(url)

/** Returns how the picture is asked for from another host, so that its pixels may be read. */
export const crossOriginOf = ({ attrs }: TagNode): 'anonymous' | 'use-credentials' | undefined =>
  attrs.crossOrigin === 'anonymous' || attrs.crossOrigin === 'use-credentials' ? attrs.crossOrigin : undefined
