import type { RecordId, RegionRecord } from '../../core/document'
import { newRegionId } from '../../core/ids'
import { flag } from '../../core/labelConfig'
import { finishRegion, regionColor } from '../../core/labeling'
import { isEditable, reshape } from '../../core/regionActions'
import type { Control } from '../../core/taskConfig'
import type { PointerInput, ToolState } from '../../core/tools'
import { toPercentPoint, toPixelPoint } from '../../engines/canvas/affine'
import type { CanvasTool } from '../../engines/canvas/canvasTool'
import { beginDrawing } from '../../engines/canvas/drawing'
import { distance, type Point } from '../../engines/canvas/plane'
import type { Stage } from '../../engines/canvas/stage'
import { vectorCodec } from './codec'
import type { Vector, Vertex } from './region'
import { placeFor } from './shape'

type State = ToolState<Point>
type Input = PointerInput<Point>

const REACH = 9

/**
 * Each click adds a point that follows the active one; Shift and a drag give it arms. A click on the first point closes
 * where that is allowed; in a skeleton a click on any point makes it the active one. Escape, Enter and a double click end.
 *
 * idle → adding ⇄ pulling → idle.
 */
class PathDrawing {
  /** The point that the next one follows. */
  private active: string
  private pointer: Point
  readonly adding: State
  private readonly pulling: State

  constructor(
    private readonly stage: Stage,
    private readonly control: Control,
    private readonly idle: State,
    private readonly id: RecordId,
    /** Takes a path back that was begun here; one that was there before is kept. */
    private readonly drop: (() => void) | null,
    at: Point,
  ) {
    this.active = this.shape?.vertices.at(-1)?.id ?? ''
    this.pointer = at
    this.adding = {
      name: 'adding',
      cursor: 'crosshair',
      pointerDown: (input) => this.press(input),
      pointerMove: (input) => this.follow(input.at),
      changed: () => this.changed(),
      finish: () => this.end(),
      cancel: () => this.end(),
      leave: () => this.leave(),
    }
    this.pulling = {
      ...this.adding,
      name: 'pulling',
      pointerDown: () => this.pulling,
      pointerMove: (input) => this.pull(input.at),
      pointerUp: (input) => this.follow(input.at),
    }
  }

  /** Returns the state after the first press. */
  begin(input: Input): State {
    return input.shift && this.has('curves') ? this.pulling : this.follow(input.at)
  }

  press(input: Input): State {
    const shape = this.shape
    if (!shape) return this.leave()
    const { editor, content, pixel } = this.stage
    const near = shape.vertices.findIndex(
      (vertex) => distance(toPixelPoint(vertex, content.media), input.at) <= REACH * pixel(),
    )
    if (near >= 0) return this.pressOn(near, shape, input)
    if (shape.vertices.length >= this.most) return this.end()
    const place = toPercentPoint(
      placeFor(input.at, content.media, this.control.node.attrs.snap === 'pixel'),
      content.media,
    )
    const isBranch = this.active !== shape.vertices.at(-1)?.id
    const added = {
      ...place,
      id: newRegionId(),
      prevPointId: this.active,
      isBezier: false,
      ...(isBranch ? { isBranching: true } : {}),
    } as Vertex
    editor.mark('point')
    reshape(editor, this.id, { ...shape, vertices: [...shape.vertices, added] })
    this.active = added.id as string
    if (shape.vertices.length + 1 >= this.most) return this.end()
    return this.begin(input)
  }

  private pressOn(index: number, shape: Vector, input: Input): State {
    const count = shape.vertices.length
    if (index === 0 && count > 2 && this.has('closable') && this.active === shape.vertices.at(-1)?.id) {
      this.stage.editor.mark('close')
      reshape(this.stage.editor, this.id, { ...shape, closed: true })
      return this.end()
    }
    if (index === count - 1 && input.clicks > 1) return this.end()
    if (this.has('skeleton')) this.active = shape.vertices[index]?.id ?? this.active
    return this.follow(input.at)
  }

  /** The arms of the new point follow the pointer, one forwards, one backwards. */
  private pull(at: Point): State {
    const shape = this.shape
    const vertex = shape?.vertices.at(-1)
    if (!shape || !vertex) return this.leave()
    const out = toPercentPoint(at, this.stage.content.media)
    const turned = {
      ...vertex,
      isBezier: true,
      controlPoint1: { x: 2 * vertex.x - out.x, y: 2 * vertex.y - out.y },
      controlPoint2: { ...out },
      disconnected: false,
    }
    reshape(this.stage.editor, this.id, { ...shape, vertices: shape.vertices.with(-1, turned) })
    return this.pulling
  }

  private follow(at: Point): State {
    this.pointer = at
    const { stage, shape } = this
    const region = stage.editor.store.region(this.id)
    const from = shape?.vertices.find((vertex) => vertex.id === this.active) ?? shape?.vertices.at(-1)
    if (!region || !shape || !from) return this.leave()
    const { media } = stage.content
    const first = toPixelPoint(shape.vertices[0] as Vertex, media)
    const isClosing = this.has('closable') && shape.vertices.length > 2 && distance(first, at) <= REACH * stage.pixel()
    stage.setPreview({
      standsFor: null,
      line: [toPixelPoint(from, media), isClosing ? first : at],
      dots: isClosing ? [first] : [],
      color: regionColor(stage.editor, region),
    })
    return this.adding
  }

  /** Undo took points back: the next one follows the last that is left. */
  private changed(): State {
    const shape = this.shape
    if (!shape) return this.leave()
    if (!shape.vertices.some((vertex) => vertex.id === this.active)) this.active = shape.vertices.at(-1)?.id ?? ''
    return this.follow(this.pointer)
  }

  private end(): State {
    const { editor } = this.stage
    const region = editor.store.region(this.id)
    const count = this.shape?.vertices.length ?? 0
    if (region && this.drop && count < this.fewest) {
      this.drop()
      if (count > 1) editor.tell('vector.dropped', 'info', { count: this.fewest })
    }
    editor.selection.clear()
    if (region) finishRegion(editor, region)
    return this.leave()
  }

  private leave(): State {
    this.stage.setPreview(null)
    return this.idle
  }

  private get shape(): Vector | undefined {
    return this.stage.editor.store.region(this.id)?.shape as Vector | undefined
  }

  private has(attribute: string): boolean {
    return flag(this.control.node, attribute)
  }

  private get fewest(): number {
    return Math.max(2, Number(this.control.node.attrs.minPoints) || 0)
  }

  private get most(): number {
    return Number(this.control.node.attrs.maxPoints) || Number.POSITIVE_INFINITY
  }
}

function create(stage: Stage, control: Control): State {
  const { editor, content } = stage
  const idle: State = {
    name: 'idle',
    cursor: 'crosshair',
    pointerDown(input) {
      const open = growing(stage)
      if (open) return new PathDrawing(stage, control, idle, open.id, null, input.at).press(input)
      const drawing = beginDrawing(stage, control, vectorCodec)
      const place = toPercentPoint(
        placeFor(input.at, content.media, control.node.attrs.snap === 'pixel'),
        content.media,
      )
      const first = { ...place, id: newRegionId(), isBezier: false } as Vertex
      if (!drawing.show({ vertices: [first], closed: false })) return idle
      editor.selection.select([drawing.id])
      return new PathDrawing(stage, control, idle, drawing.id, drawing.drop, input.at).begin(input)
    },
  }
  return idle
}

/** Returns the selected path if points can be added to it. */
function growing({ editor, content }: Stage): RegionRecord | null {
  const id = editor.selection.only()
  const region = id === null ? null : content.region(id)
  const canGrow = region?.family === 'vector' && !(region.shape as Vector).closed
  return region && canGrow && isEditable(editor, region) ? region : null
}

export const vectorTool: CanvasTool = {
  id: 'tool:vector',
  title: 'tools.vector',
  hotkey: 'P',
  tags: ['Vector', 'VectorLabels'],
  usesShift: true,
  goesOn(_, region, isChosen) {
    if (region.family !== 'vector' || (region.shape as Vector).closed) return false
    return isChosen || vectorCodec.isIncomplete?.(region.shape as Vector) === true
  },
  create,
}
