import type { Point, Size } from './plane'

/** A point of a shape that can be dragged. */
export interface Handle {
  readonly id: string
  readonly at: Point
  readonly cursor: string
  /** Where the shape is turned from; drawn apart from the outline. */
  readonly isRotation?: boolean
}

export interface ShapeOptions {
  readonly canRotate: boolean
  readonly snapsToPixels: boolean
}

export interface DragInput {
  readonly shift: boolean
  readonly alt: boolean
}

/** What the canvas must know of one family of shapes. Geometry is stored in percent; the canvas works in media pixels. */
export interface ShapeType<S = unknown> {
  readonly family: string
  /** The closed outline in media pixels. */
  outline(shape: S, media: Size): readonly Point[]
  /** `pixel` is the size of a screen pixel in media pixels. */
  handles(shape: S, media: Size, options: ShapeOptions, pixel: number): readonly Handle[]
  /** Returns the shape with a handle moved to a point. */
  dragHandle(shape: S, handle: string, to: Point, media: Size, input: DragInput, options: ShapeOptions): S
  /** Returns the shape moved by media pixels, kept inside the picture. */
  moveBy(shape: S, by: Point, media: Size): S
}

export type ShapeTypes = ReadonlyMap<string, ShapeType>
