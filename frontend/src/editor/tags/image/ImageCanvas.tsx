import { type CSSProperties, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Editor } from '../../core/editor'
import { flag } from '../../core/labelConfig'
import { Observable } from '../../core/observable'
import type { TagNode } from '../../core/taskConfig'
import { provideView } from '../../core/views'
import { turnedSize } from '../../engines/canvas/camera'
import type { Size } from '../../engines/canvas/plane'
import { Scene } from '../../engines/canvas/scene'
import type { BrushSizes } from '../../engines/canvas/stage'
import { useEditor, useEditorScope } from '../EditorContext'
import { inlineStyle } from '../inlineStyle'
import type { CanvasParts, TagViewProps } from '../tag'
import { useText } from '../useText'
import { ImageToolbar, type Light } from './ImageToolbar'
import { imageCommands } from './imageCommands'
import { crossOriginOf } from './imageSource'
import { keepTool } from './keepTool'
import { SuggestionButtons } from './SuggestionButtons'
import { useFitHeight } from './useFitHeight'
import './image.css'

interface CanvasProps extends TagViewProps {
  readonly url: string
  readonly media: Size
  readonly parts: CanvasParts
  readonly light: Light
  readonly setLight: (light: Light) => void
  /** The picture is here; it may have another size than it was known to have. */
  readonly arrived: (picture: HTMLImageElement) => void
  readonly failed: () => void
}

/** The picture with its canvases, sliders and tool bar. */
export function ImageCanvas({ node, url, media, parts, light, setLight, arrived, failed }: CanvasProps) {
  const t = useText()
  const { attrs } = node
  const name = attrs.name ?? ''
  const root = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLImageElement>(null)
  const { scene, sizes, turn, commands } = useScene(node, media, parts, root, picture)
  const isSmooth = useEditor((e) => isSmoothed(e, node))
  const size = turnedSize(media, turn)
  const row = useRef<HTMLDivElement>(null)
  const fit = useFitHeight(row)
  const bounds = fit === undefined ? undefined : { '--postil-image-height': `min(${fit}px, 100vh - 48px)` }
  return (
    <div ref={row} className="pe-image__body" style={bounds as CSSProperties | undefined}>
      <ImageToolbar
        node={node}
        commands={commands}
        tools={parts.tools}
        sizes={sizes}
        light={light}
        setLight={setLight}
      />
      <div
        ref={root}
        className="pe-canvas"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw and move regions here
        tabIndex={0}
        aria-label={t('image.canvas', { name })}
        aria-description={t('image.keys')}
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
          crossOrigin={crossOriginOf(node)}
          width={media.width}
          height={media.height}
          onLoad={({ currentTarget }) => arrived(currentTarget)}
          onError={failed}
          style={{
            imageRendering: isSmooth ? 'auto' : 'pixelated',
            filter:
              light.brightness === 100 && light.contrast === 100
                ? undefined
                : `brightness(${light.brightness}%) contrast(${light.contrast}%)`,
          }}
        />
        {scene && flag(node, 'grid') ? <Grid node={node} scene={scene} /> : null}
        {scene ? <SuggestionButtons scene={scene} /> : null}
      </div>
    </div>
  )
}

/** Makes the scene when the elements are there, and ends it with them. */
function useScene(
  node: TagNode,
  media: Size,
  parts: CanvasParts,
  root: React.RefObject<HTMLDivElement | null>,
  picture: React.RefObject<HTMLImageElement | null>,
) {
  const { editor, addCommands } = useEditorScope()
  const { attrs } = node
  const name = attrs.name ?? ''
  const [scene, setScene] = useState<Scene | null>(null)
  const shown = useRef<Scene | null>(null)
  const [sizes] = useState(() => new Observable(firstSizes(editor, name)))
  const [turn, setTurn] = useState<0 | 90 | 180 | 270>(0)
  useEffect(() => {
    if (!root.current || !picture.current) return
    const made = new Scene(root.current, {
      editor,
      object: name,
      media,
      shapes: parts.shapes,
      tools: parts.tools,
      sizes,
      picture: picture.current,
      hasCrosshair: flag(node, 'crosshair'),
      showsLabels: flag(node, 'showLabels'),
      mayZoom: flag(node, 'zoom'),
      mayShrink: flag(node, 'negativeZoom'),
      defaultZoom: attrs.defaultZoom ?? 'fit',
      alignment: { horizontal: attrs.horizontalAlignment ?? 'left', vertical: attrs.verticalAlignment ?? 'top' },
    })
    const facts = () => ({
      original_width: media.width,
      original_height: media.height,
      image_rotation: made.viewport.camera.get().turn,
    })
    editor.surroundings.set(name, facts)
    const ends = [
      made.viewport.camera.subscribe(() => setTurn(made.viewport.camera.get().turn)),
      provideView(editor, name, {
        boundsOf: (region) => made.boundsOf(region),
        frame: () => made.frame(),
        subscribe: (listener) => made.viewport.camera.subscribe(listener),
        camera: {
          look: () => made.viewport.look(),
          show: (look) => made.viewport.show(look),
          subscribe: (listener) => made.viewport.camera.subscribe(listener),
        },
      }),
      keepTool(editor, name, parts.tools),
    ]
    shown.current = made
    setScene(made)
    return () => {
      for (const end of ends) end()
      if (editor.surroundings.get(name) === facts) editor.surroundings.delete(name)
      made.destroy()
    }
  }, [editor, name, media, parts, node, attrs, sizes, root, picture])
  // The tools stand beside the picture from the beginning: they take room that it does not get.
  const commands = useMemo(() => {
    const now = () => {
      if (!shown.current) throw new Error('The picture is not on the screen.')
      return shown.current
    }
    return imageCommands({ editor, scene: now, node, tools: parts.tools, sizes })
  }, [editor, node, parts, sizes])
  useEffect(() => addCommands(commands), [addCommands, commands])
  return { scene, sizes, turn, commands }
}

/** Lines over the picture, as far apart as the config says at the first zoom; they move with the picture. */
function Grid({ node: { attrs }, scene: { viewport } }: TagViewProps & { scene: Scene }) {
  const { x, y } = useSyncExternalStore(
    (listener) => viewport.camera.subscribe(listener),
    () => viewport.camera.get(),
  )
  const step = (Number(attrs.gridSize) || 30) * viewport.look().zoom
  const style = {
    '--pe-grid': `${step}px`,
    '--pe-grid-color': attrs.gridColor ?? '#EEEEF4',
    backgroundPosition: `${x}px ${y}px`,
  }
  return <div className="pe-grid" style={style as React.CSSProperties} />
}

/** Masks are exact pixels: the picture under them is shown so, too. */
function isSmoothed(editor: Editor, node: TagNode): boolean {
  if (editor.controlsOf(node.attrs.name ?? '').some((control) => control.type.startsWith('bitmask'))) return false
  return node.attrs.smoothing === undefined ? editor.settings.get().smoothImages : flag(node, 'smoothing')
}

function firstSizes(editor: Editor, name: string): BrushSizes {
  const brush = editor.controlsOf(name).find((control) => /^(brush|bitmask)/.test(control.type))
  return { brush: Number(brush?.node.attrs.strokeWidth) || 15, eraser: 10 }
}

const cssSize = (text: string | undefined): string | undefined => {
  if (!text) return undefined
  const value = /^\d+(\.\d+)?$/.test(text) ? `${text}px` : text
  return inlineStyle(`width:${value}`)?.width as string | undefined
}
