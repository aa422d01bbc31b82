import { useEffect, useMemo, useRef, useState } from 'react'
import { flag } from '../../core/labelConfig'
import { provideView } from '../../core/views'
import { turnedSize } from '../../engines/canvas/camera'
import type { Size } from '../../engines/canvas/plane'
import { Scene } from '../../engines/canvas/scene'
import { useEditor, useEditorScope } from '../EditorContext'
import { inlineStyle } from '../inlineStyle'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { ImageToolbar } from './ImageToolbar'
import { imageCommands } from './imageCommands'

/** The picture with its canvases, sliders and tool bar. */
export function ImageCanvas({ node, url, media }: TagViewProps & { url: string; media: Size }) {
  const t = useText()
  const { editor, shapes, canvasTools, addCommands } = useEditorScope()
  const { attrs } = node
  const name = attrs.name ?? ''
  const root = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLImageElement>(null)
  const [scene, setScene] = useState<Scene | null>(null)
  const [light, setLight] = useState({ brightness: 100, contrast: 100 })
  const [turn, setTurn] = useState<0 | 90 | 180 | 270>(0)
  const isSmooth = useEditor((e) =>
    attrs.smoothing === undefined ? e.settings.get().smoothImages : flag(node, 'smoothing'),
  )

  useEffect(() => {
    if (!root.current || !picture.current) return
    const made = new Scene(root.current, {
      editor,
      object: name,
      media,
      shapes,
      tools: canvasTools,
      picture: picture.current,
      hasCrosshair: flag(node, 'crosshair'),
      showsLabels: flag(node, 'showLabels'),
      mayZoom: flag(node, 'zoom'),
      mayShrink: flag(node, 'negativeZoom'),
      defaultZoom: attrs.defaultZoom ?? 'fit',
      alignment: { horizontal: attrs.horizontalAlignment ?? 'left', vertical: attrs.verticalAlignment ?? 'top' },
    })
    const endTurn = made.viewport.camera.subscribe(() => setTurn(made.viewport.camera.get().turn))
    const facts = () => ({
      original_width: media.width,
      original_height: media.height,
      image_rotation: made.viewport.camera.get().turn,
    })
    editor.surroundings.set(name, facts)
    const endView = provideView(editor, name, {
      boundsOf: (region) => made.boundsOf(region),
      frame: () => made.frame(),
      subscribe: (listener) => made.viewport.camera.subscribe(listener),
    })
    setScene(made)
    return () => {
      endView()
      endTurn()
      if (editor.surroundings.get(name) === facts) editor.surroundings.delete(name)
      made.destroy()
    }
  }, [editor, name, media, shapes, canvasTools, node, attrs])

  const commands = useMemo(
    () => (scene ? imageCommands(editor, scene, node, canvasTools) : []),
    [editor, scene, node, canvasTools],
  )
  useEffect(() => addCommands(commands), [addCommands, commands])

  const size = turnedSize(media, turn)
  return (
    <div className="pe-image__body">
      <ImageToolbar node={node} commands={commands} light={light} setLight={setLight} />
      <div
        ref={root}
        className="pe-canvas"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw and move regions here
        tabIndex={0}
        aria-label={t('image.canvas', { name })}
        data-testid={`image-${name}`}
        style={{
          aspectRatio: `${size.width} / ${size.height}`,
          width: cssSize(attrs.width) ?? '100%',
          height: cssSize(attrs.height),
          maxWidth: cssSize(attrs.maxWidth) ?? '100%',
          maxHeight: cssSize(attrs.maxHeight) ?? 'var(--postil-image-height)',
        }}
      >
        <img
          ref={picture}
          src={url}
          alt=""
          draggable={false}
          width={media.width}
          height={media.height}
          style={{
            imageRendering: isSmooth ? 'auto' : 'pixelated',
            filter:
              light.brightness === 100 && light.contrast === 100
                ? undefined
                : `brightness(${light.brightness}%) contrast(${light.contrast}%)`,
          }}
        />
        {flag(node, 'grid') ? (
          <div
            className="pe-grid"
            style={
              {
                '--pe-grid': `${attrs.gridSize ?? 30}px`,
                '--pe-grid-color': attrs.gridColor ?? '#EEEEF4',
              } as React.CSSProperties
            }
          />
        ) : null}
      </div>
    </div>
  )
}

const cssSize = (text: string | undefined): string | undefined => {
  if (!text) return undefined
  const value = /^\d+(\.\d+)?$/.test(text) ? `${text}px` : text
  return inlineStyle(`width:${value}`)?.width as string | undefined
}
