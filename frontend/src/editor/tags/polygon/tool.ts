import type { RecordId, RegionRecord } from '../../core/document'
import type { Mark } from '../../core/history'
import { finishRegion, regionColor } from '../../core/labeling'
import { isEditable, reshape } from '../../core/regionActions'
import type { Control } from '../../core/taskConfig'
import type { PointerInput, ToolState } from '../../core/tools'
import type { CanvasTool } from '../../engines/canvas/canvasTool'
import { beginDrawing, type Drawing } from '../../engines/canvas/drawing'
import { distance, type Point } from '../../engines/canvas/plane'
import type { Stage } from '../../engines/canvas/stage'
import { polygonCodec } from './codec'
import type { Polygon } from './region'
import { FEWEST, placeFor, toPercent, toPixels } from './shape'

type State = ToolState<Point>
type Input = PointerInput<Point>

const LEAST = 3
const CLOSING_REACH = 10
const BY_DOUBLE_CLICK = 30

/**
 * Each click adds a point, as a step of its own; a click on the first point, Enter or a double click closes.
 *
 * idle → adding → idle. The points stand in the document while they are added, so that undo takes back the last one and
 * an unfinished polygon is kept; the tool goes on with one that is selected.
 */
function create(stage: Stage, control: Control): State {
  const { editor, content } = stage
  const idle: State = {
    name: 'idle',
    cursor: 'crosshair',
    pointerDown(input) {
      const open = unfinished(stage)
      return open ? addingTo(open, input) : beginning(input)
    },
    pointerMove(input) {
      const open = unfinished(stage)
      if (open) showDraft(stage, open, input.at)
      return idle
    },
  }
  const snaps = control.node.attrs.snap === 'pixel'
  const placed = (at: Point) => toPercent(placeFor(at, content.media, snaps), content.media)

  const beginning = (input: Input): State => {
    const drawing = beginDrawing(stage, control, polygonCodec)
    if (!drawing.show({ points: [placed(input.at)], closed: false })) return idle
    if (stage.prompts) return adding(stage, idle, asPrompt(drawing), placed, input.at)
    editor.selection.select([drawing.id])
    return adding(stage, idle, inDocument(stage, drawing.id, drawing.drop), placed, input.at)
  }
  const addingTo = (region: RegionRecord, input: Input): State => {
    const state = adding(stage, idle, inDocument(stage, region.id, null), placed, input.at)
    return state.pointerDown?.(input) ?? state
  }
  return idle
}

/** The polygon that points are added to. */
interface Growing {
  region(): RegionRecord | null
  /** Changes it, as a step of its own. */
  put(step: string, shape: Polygon): void
  close(points: Polygon['points']): void
  /** Takes back what was done to it. */
  drop(): void
}

/** `drop` takes back a polygon that was begun here; one that was there before is left as it was. */
function inDocument({ editor }: Stage, id: RecordId, drop: (() => void) | null): Growing {
  let first: Mark | null = null
  const region = () => editor.store.region(id) ?? null
  const put = (step: string, shape: Polygon) => {
    const mark = editor.mark(step)
    first ??= mark
    reshape(editor, id, shape)
  }
  return {
    region,
    put,
    close(points) {
      put('close', { points, closed: true })
      const closed = region()
      editor.selection.clear()
      if (closed) finishRegion(editor, closed)
    },
    drop() {
      if (drop) drop()
      else if (first) editor.rollback(first)
      editor.selection.clear()
    },
  }
}

/** A polygon that only tells a model where to look has no steps. */
const asPrompt = (drawing: Drawing<Polygon>): Growing => ({
  region: drawing.region,
  put: (_, shape) => void drawing.show(shape),
  close(points) {
    drawing.show({ points, closed: true })
    drawing.finish()
  },
  drop: drawing.drop,
})

/** Returns the selected polygon if it is not closed. */
function unfinished({ editor, content }: Stage): RegionRecord | null {
  const id = editor.selection.only()
  const region = id === null ? null : content.region(id)
  const isOpen = region?.family === 'polygon' && polygonCodec.isIncomplete?.(region.shape as Polygon)
  return region && isOpen && isEditable(editor, region) ? region : null
}

function adding(
  stage: Stage,
  idle: State,
  polygon: Growing,
  placed: (at: Point) => readonly [number, number],
  from: Point,
): State {
  const { content } = stage
  let pointer = from
  const { region } = polygon
  const leave = (): State => {
    stage.setPreview(null)
    return idle
  }
  const close = (points: Polygon['points']): State => {
    polygon.close(points)
    return leave()
  }
  const self: State = {
    name: 'adding',
    cursor: 'crosshair',
    pointerDown(input) {
      const now = region()
      if (!now) return leave()
      const { points } = now.shape as Polygon
      const pixels = toPixels(now.shape as Polygon, content.media)
      if (points.length >= FEWEST && closes(pixels, input.at, stage.pixel())) return close(points)
      const isRepeated = distance(pixels.at(-1) as Point, input.at) < LEAST * stage.pixel()
      if (isRepeated && input.clicks > 1 && points.length === 1) return close(triangle(pixels[0] as Point))
      if (isRepeated && input.clicks > 1 && points.length >= FEWEST) return close(points)
      if (isRepeated) return self
      polygon.put('point', { points: [...points, placed(input.at)], closed: false })
      showDraft(stage, region(), input.at)
      return self
    },
    pointerMove(input) {
      pointer = input.at
      showDraft(stage, region(), pointer)
      return self
    },
    changed() {
      if (!region()) return leave()
      showDraft(stage, region(), pointer)
      return self
    },
    finish() {
      const points = (region()?.shape as Polygon | undefined)?.points ?? []
      return points.length >= FEWEST ? close(points) : self
    },
    cancel() {
      polygon.drop()
      return leave()
    },
    leave,
  }
  const triangle = ({ x, y }: Point): Polygon['points'] => {
    const side = BY_DOUBLE_CLICK * stage.pixel()
    return [
      placed({ x, y: y - side / 2 }),
      placed({ x: x + side / 2, y: y + side / 2 }),
      placed({ x: x - side / 2, y: y + side / 2 }),
    ]
  }
  return self
}

const closes = (points: readonly Point[], at: Point, pixel: number): boolean =>
  distance(points[0] as Point, at) <= CLOSING_REACH * pixel

/** Shows the line to the pointer, and the first point when a click there would close. */
function showDraft(stage: Stage, region: RegionRecord | null, to: Point): void {
  if (!region) return
  const points = toPixels(region.shape as Polygon, stage.content.media)
  const isClosing = points.length >= FEWEST && closes(points, to, stage.pixel())
  stage.setPreview({
    standsFor: null,
    ...(stage.prompts ? { region } : {}),
    line: [points.at(-1) as Point, isClosing ? (points[0] as Point) : to],
    dots: isClosing ? [points[0] as Point] : [],
    color: regionColor(stage.editor, region),
  })
}

export const polygonTool: CanvasTool = {
  id: 'tool:polygon',
  title: 'tools.polygon',
  hotkey: 'P',
  tags: ['Polygon', 'PolygonLabels'],
  isSmart: true,
  goesOn: (_, region) => region.family === 'polygon' && polygonCodec.isIncomplete?.(region.shape as Polygon) === true,
  create,
}
