import { useRef, useState } from 'react'
import type { RegionRecord } from '../../core/document'
import type { Mark } from '../../core/history'
import { labelNames, regionColor } from '../../core/labeling'
import { clickRegion, isEditable, reshape } from '../../core/regionActions'
import { sameList, useEditor, useEditorScope } from '../EditorContext'
import { type PageBox, pageBoxCodec } from './codec'
import { drawBox, mayDraw } from './drawBox'
import {
  boxBetween,
  cornersOf,
  fromView,
  movedBy,
  type PageView,
  type PageWord,
  type Place,
  textIn,
  toView,
} from './pagePlaces'
import { RecognizedText } from './RecognizedText'

interface PageRegionsProps {
  readonly object: string
  /** From 1. */
  readonly number: number
  readonly view: PageView
  readonly words: () => Promise<readonly PageWord[]>
}

type Drag =
  | { readonly kind: 'draw'; readonly from: Place }
  | { readonly kind: 'move'; readonly from: Place; readonly region: RegionRecord; mark: Mark | null }
  | { readonly kind: 'size'; readonly fixed: Place; readonly region: RegionRecord; mark: Mark | null }

/** The boxes on a page: drawn by a drag, selected by a click, moved by themselves and sized by their corners. */
export function PageRegions({ object, number, view, words }: PageRegionsProps) {
  const { editor } = useEditorScope()
  const layer = useRef<HTMLDivElement>(null)
  const drag = useRef<Drag | null>(null)
  const [sketch, setSketch] = useState<PageBox | null>(null)
  const regions = useEditor((e) => {
    const hidden = e.session.hidden.get()
    return e.store.regions().filter((region) => isHere(region, object, number) && !hidden.has(region.id))
  }, sameList)
  const canDraw = useEditor((e) => mayDraw(e, object))
  const placeOf = (event: React.PointerEvent): Place => {
    const box = layer.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    return fromView({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }, view.turn)
  }
  const begin = (event: React.PointerEvent, next: Drag) => {
    if (event.button !== 0) return
    event.stopPropagation()
    event.preventDefault()
    layer.current?.setPointerCapture(event.pointerId)
    drag.current = next
  }
  const onMove = (event: React.PointerEvent) => {
    const now = drag.current
    if (!now) return
    const at = placeOf(event)
    if (now.kind === 'draw') return setSketch(boxBetween(now.from, at, number))
    const shape = now.region.shape as PageBox
    const next =
      now.kind === 'move'
        ? movedBy(shape, at.x - now.from.x, at.y - now.from.y)
        : { ...shape, ...boxBetween(now.fixed, at, number), rotation: shape.rotation }
    now.mark ??= editor.mark(now.kind === 'move' ? 'move box' : 'size box')
    reshape(editor, now.region.id, next)
  }
  const onUp = async (event: React.PointerEvent) => {
    const now = drag.current
    drag.current = null
    if (now?.kind === 'draw') {
      const box = boxBetween(now.from, placeOf(event), number)
      setSketch(null)
      if (!drawBox(editor, object, box, textIn(await words(), box))) editor.selection.clear()
    } else if (now && !now.mark) clickRegion(editor, now.region.id, event.ctrlKey || event.metaKey ? 'toggle' : 'only')
  }
  const onCancel = () => {
    const now = drag.current
    if (now && now.kind !== 'draw' && now.mark) editor.rollback(now.mark)
    drag.current = null
    setSketch(null)
  }
  return (
    <div
      ref={layer}
      className={`pe-page-layer${canDraw ? ' pe-page-layer_drawing' : ''}`}
      onPointerDown={(event) => {
        if (canDraw) begin(event, { kind: 'draw', from: placeOf(event) })
        else editor.selection.clear()
      }}
      onPointerMove={onMove}
      onPointerUp={(event) => void onUp(event)}
      onPointerCancel={onCancel}
    >
      <svg className="pe-page-boxes" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {regions.map((region) => (
          <Outline
            key={region.id}
            region={region}
            view={view}
            onPress={(event) => begin(event, { kind: 'move', from: placeOf(event), region, mark: null })}
          />
        ))}
        {sketch ? <polygon className="pe-page-box pe-page-box_new" points={pointsOf(sketch, view)} /> : null}
      </svg>
      {regions.map((region) => (
        <BoxTools
          key={region.id}
          region={region}
          view={view}
          onPress={(event, fixed) => begin(event, { kind: 'size', fixed, region, mark: null })}
        />
      ))}
    </div>
  )
}

const isHere = (region: RegionRecord, object: string, number: number): boolean =>
  region.to === object && region.family === pageBoxCodec.family && (region.shape as PageBox).pageIndex === number

const viewCorners = (box: PageBox, view: PageView): Place[] =>
  cornersOf(box, view).map((corner) => toView(corner, view.turn))

const pointsOf = (box: PageBox, view: PageView): string =>
  viewCorners(box, view)
    .map(({ x, y }) => `${x},${y}`)
    .join(' ')

interface OutlineProps {
  readonly region: RegionRecord
  readonly view: PageView
  readonly onPress: (event: React.PointerEvent) => void
}

function Outline({ region, view, onPress }: OutlineProps) {
  const { editor } = useEditorScope()
  const isOn = useEditor((e) => e.selection.has(region.id) || e.hovered.get() === region.id)
  const isFree = useEditor((e) => isEditable(e, region))
  const press = (event: React.PointerEvent) => {
    if (mayDraw(editor, region.to)) return
    if (isFree && isOn) return onPress(event)
    event.stopPropagation()
    if (event.button === 0) clickRegion(editor, region.id, event.ctrlKey || event.metaKey ? 'toggle' : 'only')
  }
  return (
    <polygon
      data-region={region.id}
      className={`pe-page-box${isOn ? ' pe-page-box_on' : ''}`}
      points={pointsOf(region.shape as PageBox, view)}
      style={{ '--pe-color': regionColor(editor, region) } as React.CSSProperties}
      onPointerDown={press}
      onPointerEnter={() => editor.hovered.set(region.id)}
      onPointerLeave={() => editor.hovered.set(null)}
    />
  )
}

interface BoxToolsProps {
  readonly region: RegionRecord
  readonly view: PageView
  readonly onPress: (event: React.PointerEvent, fixed: Place) => void
}

/** The label of a box, and while it is selected its corners and the words in it. */
function BoxTools({ region, view, onPress }: BoxToolsProps) {
  const { editor } = useEditorScope()
  const isOnly = useEditor((e) => e.selection.only() === region.id)
  const isFree = useEditor((e) => isEditable(e, region))
  const showsLabel = useEditor((e) => e.settings.get().showRegionLabels)
  const box = region.shape as PageBox
  const corners = cornersOf(box, view)
  const shown = corners.map((corner) => toView(corner, view.turn))
  const style = { '--pe-color': regionColor(editor, region) } as React.CSSProperties
  const [left, top] = [Math.min(...shown.map(({ x }) => x)), Math.min(...shown.map(({ y }) => y))]
  const bottom = Math.max(...shown.map(({ y }) => y))
  return (
    <>
      {showsLabel ? (
        <span className="pe-page-label" style={{ ...style, left: `${left * 100}%`, top: `${top * 100}%` }}>
          {labelNames(editor, region).join(', ')}
        </span>
      ) : null}
      {isOnly && isFree && box.rotation === 0
        ? shown.map(({ x, y }, at) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place
              key={at}
              className="pe-page-corner"
              style={{ ...style, left: `${x * 100}%`, top: `${y * 100}%` }}
              onPointerDown={(event) => onPress(event, corners[(at + 2) % 4] as Place)}
            />
          ))
        : null}
      {isOnly ? <RecognizedText region={region} isFree={isFree} left={left} top={bottom} /> : null}
    </>
  )
}
