import { useEffect, useState } from 'react'
import type { Size } from '../../engines/canvas/plane'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { findFault, type ImageFault } from './imageFault'
import { crossOriginOf } from './imageSource'

interface ImageErrorProps extends TagViewProps {
  readonly url: string
  /** Set if the picture came but is too large to be shown. */
  readonly media?: Size
  readonly retry: () => void
}

/** Stands where a picture could not be loaded: says why, and what to do, as far as the browser can tell. */
export function ImageError({ node, url, media, retry }: ImageErrorProps) {
  const t = useText()
  const [fault, setFault] = useState<ImageFault | null>(media ? 'huge' : null)
  const attribute = node.attrs.valueList ? 'valueList' : 'value'
  useEffect(() => {
    if (media) return
    let isOver = false
    void findFault(url, crossOriginOf(node)).then((found) => {
      if (!isOver) setFault(found)
    })
    return () => {
      isOver = true
    }
  }, [node, url, media])
  return (
    <div className="pe-problem" role="alert">
      <strong>{t(media ? 'image.tooLarge' : 'image.failed', { attribute })}</strong>
      <code>{url.slice(0, 300)}</code>
      {fault ? <span>{t(`image.faults.${fault}`, { width: media?.width, height: media?.height })}</span> : null}
      {media ? null : (
        <button type="button" className="pe-button" onClick={retry}>
          {t('image.retry')}
        </button>
      )}
    </div>
  )
}
