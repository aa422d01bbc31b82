import { useState } from 'react'
import type { Size } from '../../engines/canvas/plane'
import { useEditor, useEditorScope } from '../EditorContext'
import { LoadError } from '../LoadError'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { ImageCanvas } from './ImageCanvas'
import { ImagePages } from './ImagePages'
import { imageUrls, isImageUrl } from './imageSource'

/** A picture to draw on; with a list of addresses, one page at a time. */
export function ImageTag({ node }: TagViewProps) {
  const t = useText()
  const { setScope } = useEditorScope()
  const urls = imageUrls(node)
  const name = node.attrs.name ?? ''
  const page = useEditor((editor) => editor.pageOf(name))
  const url = urls[Math.min(page, Math.max(urls.length - 1, 0))]
  return (
    <section
      className="pe-object lsf-object pe-image"
      aria-label={t('objects.image', { name })}
      onPointerDown={() => setScope(name)}
    >
      {node.attrs.valueList ? <ImagePages name={name} count={urls.length} /> : null}
      {url === undefined ? (
        <p className="pe-quiet">{t('objects.empty')}</p>
      ) : (
        <Picture key={url} node={node} url={url} />
      )}
    </section>
  )
}

function Picture({ node, url }: TagViewProps & { url: string }) {
  const t = useText()
  const [media, setMedia] = useState<Size | 'failed' | null>(isImageUrl(url) ? null : 'failed')
  if (media === 'failed') return <LoadError attribute="value" url={url} />
  if (media !== null) return <ImageCanvas node={node} url={url} media={media} />
  const { crossOrigin } = node.attrs
  return (
    <div className="pe-image__loading">
      <p className="pe-quiet">{t('objects.loading')}</p>
      <img
        src={url}
        alt=""
        crossOrigin={crossOrigin === 'anonymous' || crossOrigin === 'use-credentials' ? crossOrigin : undefined}
        onLoad={({ currentTarget }) =>
          setMedia({ width: currentTarget.naturalWidth || 1, height: currentTarget.naturalHeight || 1 })
        }
        onError={() => setMedia('failed')}
      />
    </div>
  )
}
