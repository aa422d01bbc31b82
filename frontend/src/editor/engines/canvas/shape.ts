import type { Matrix } from './camera'
import type { Mask } from './masks/runs'
import type { Point, Size } from './plane'

/** A point of a shape that can be dragged. */
export interface Handle {
  readonly id: string
  readonly at: Point
  readonly cursor: string
  /** `turn` is drawn apart from the outline, `point` and `arm` as the tag wants its points. */
  readonly look?: 'box' | 'turn' | 'point' | 'arm'
  /** Where a line is drawn to, as from the end of an arm to its point. */
  readonly tiedTo?: Point
  /** Whether new points go on from here. */
  readonly isActive?: boolean
}

/** How the tag that made a shape wants it. */
export interface ShapeOptions {
  readonly canRotate: boolean
  readonly snapsToPixels: boolean
  /** Diameter of a vertex in screen pixels. */
  readonly pointSize: number
  readonly pointStyle: 'circle' | 'rectangle'
  readonly attrs: Readonly<Record<string, string>>
}

export interface DragInput {
  readonly shift: boolean
  readonly alt: boolean
  readonly ctrl?: boolean
}

/** An area is filled, a line is open, a dot keeps its size on the screen, a mask is painted pixels. */
export type ShapeKind = 'area' | 'line' | 'dot' | 'mask'

/** What the canvas must know of one family of shapes. Geometry is stored in percent; the canvas works in media pixels. */
export interface ShapeType<S = unknown> {
  readonly family: string
  /** Shift changes how its points are edited, so that it does not drag the picture. */
  readonly usesShift?: boolean
  /** Default: `area`. */
  kind?(shape: S): ShapeKind
  /** The outline in media pixels: the border of an area, the points of a line, the box around a mask. */
  outline(shape: S, media: Size): readonly Point[]
  /** The lines of a shape that has several; else the outline is the line. */
  paths?(shape: S, media: Size): readonly (readonly Point[])[]
  /** The painted pixels; a promise while they are still being read, `null` if there are none to be had. */
  mask?(shape: S, media: Size): Mask | Promise<Mask | null> | null
  /** `pixel` is the size of a screen pixel in media pixels. */
  handles(shape: S, media: Size, options: ShapeOptions, pixel: number): readonly Handle[]
  /** Returns the shape with a handle moved to a point. */
  dragHandle(shape: S, handle: string, to: Point, media: Size, input: DragInput, options: ShapeOptions): S
  /** Returns what a press on the border makes: the shape with a new point, and the handle to drag; `null` elsewhere. */
  grabBorder?(
    shape: S,
    at: Point,
    reach: number,
    media: Size,
    input: DragInput,
    options: ShapeOptions,
  ): Grabbed<S> | null
  /** Returns what a click with a key held makes of a handle; `null` if it means nothing. */
  clickHandle?(shape: S, handle: string, input: DragInput & { clicks: number }, options: ShapeOptions): S | null
  /** Returns the shape under a map of media pixels that does not mirror; `null` if it can only be moved. */
  transform(shape: S, by: Matrix, media: Size): S | null
  /** Returns the shape with some of its points under a map; shapes without it have no points of their own. */
  transformPoints?(shape: S, handles: ReadonlySet<string>, by: Matrix, media: Size): S
  /** A click on the selected shape with Ctrl picks all of its points. */
  readonly picksPoints?: boolean
  /** Returns the points that are drawn while nobody works on it. */
  dots?(shape: S, media: Size): readonly Point[]
  /** Returns the shape moved by media pixels, kept inside the picture. */
  moveBy(shape: S, by: Point, media: Size): S
}

export interface Grabbed<S> {
  readonly shape: S
  readonly handle: string
  readonly at: Point
}

export type ShapeTypes = ReadonlyMap<string, ShapeType>
