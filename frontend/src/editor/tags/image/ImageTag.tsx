import { useEffect, useState } from 'react'
import type { Editor } from '../../core/editor'
import type { Size } from '../../engines/canvas/plane'
import { useEditor, useEditorScope } from '../EditorContext'
import { lazyPart } from '../lazyPart'
import type { CanvasParts, TagViewProps } from '../tag'
import { useText } from '../useText'
import { ImageError } from './ImageError'
import { ImagePages } from './ImagePages'
import type { Light } from './ImageToolbar'
import { isHuge } from './imageFault'
import { crossOriginOf, imageUrls, isImageUrl } from './imageSource'
import { naturalSize, rememberPicture, sizeOfPicture } from './pictures'

/** The canvas over the picture: its code comes with the first config that has an Image. */
export const imagePart = lazyPart(() => import('./ImageCanvas'))
const ImageCanvas = imagePart.view((part) => part.ImageCanvas)

/** A picture to draw on; with a list of addresses, one page at a time. */
export function ImageTag({ node }: TagViewProps) {
  const t = useText()
  const { setScope } = useEditorScope()
  const urls = imageUrls(node)
  const name = node.attrs.name ?? ''
  const page = useEditor((editor) => editor.pageOf(name))
  const at = Math.min(page, Math.max(urls.length - 1, 0))
  const url = urls[at]
  // Pages of one task are mostly as dark as each other.
  const [light, setLight] = useState<Light>({ brightness: 100, contrast: 100 })
  return (
    <section
      className="pe-object lsf-object pe-image"
      aria-label={t('objects.image', { name })}
      onPointerDown={() => setScope(name)}
      onFocus={() => setScope(name)}
    >
      {node.attrs.valueList ? <ImagePages node={node} urls={urls} /> : null}
      {!url ? (
        <p className="pe-quiet">{t('objects.empty')}</p>
      ) : (
        <Picture key={`${at} ${url}`} node={node} url={url} light={light} setLight={setLight} />
      )}
    </section>
  )
}

interface PictureProps extends TagViewProps {
  readonly url: string
  readonly light: Light
  readonly setLight: (light: Light) => void
}

function Picture({ node, url, light, setLight }: PictureProps) {
  const t = useText()
  const [media, setMedia] = useState<Size | 'failed' | null>(isImageUrl(url) ? (sizeOfPicture(url) ?? null) : 'failed')
  const parts = useCanvasParts(node.attrs.name ?? '')
  const arrived = (picture: HTMLImageElement) => {
    const size = naturalSize(picture)
    rememberPicture(url, size)
    setMedia((now) => (isSize(now) && now.width === size.width && now.height === size.height ? now : size))
  }
  const failed = () => setMedia('failed')
  const retry = () => setMedia(isImageUrl(url) ? null : 'failed')
  if (media === 'failed') return <ImageError node={node} url={url} retry={retry} />
  if (media !== null && isHuge(media)) return <ImageError node={node} url={url} media={media} retry={retry} />
  if (media !== null && parts) return <ImageCanvas {...{ node, url, media, parts, light, setLight, arrived, failed }} />
  return (
    <div className="pe-image__loading">
      <p className="pe-quiet">{t('objects.loading')}</p>
      <img
        src={url}
        alt=""
        crossOrigin={crossOriginOf(node)}
        onLoad={({ currentTarget }) => arrived(currentTarget)}
        onError={failed}
      />
    </div>
  )
}

const isSize = (media: Size | 'failed' | null): media is Size => media !== null && media !== 'failed'

/** Loads how the regions of an object are drawn, those that its controls make and those that are there. */
function useCanvasParts(name: string): CanvasParts | null {
  const { editor, loadCanvas } = useEditorScope()
  const [parts, setParts] = useState<CanvasParts | null>(() => {
    const here = loadCanvas(familiesOn(editor, name))
    return here instanceof Promise ? null : here
  })
  useEffect(() => {
    let isOver = false
    const loading = loadCanvas(familiesOn(editor, name))
    if (loading instanceof Promise)
      void loading.then((loaded) => {
        if (!isOver) setParts(loaded)
      })
    return () => {
      isOver = true
    }
  }, [editor, name, loadCanvas])
  return parts
}

function familiesOn(editor: Editor, name: string): Set<string> {
  const families = new Set<string>()
  for (const control of editor.controlsOf(name)) {
    const family = editor.definition(control.tag)?.codec?.family
    if (family) families.add(family)
  }
  for (const session of editor.sessions.get())
    for (const region of session.store.regions()) if (region.to === name) families.add(region.family)
  return families
}
