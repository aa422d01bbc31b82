/** An ellipse in percent of the picture: `x`, `y` is its middle, `rotation` turns it clockwise about that. */
export interface Ellipse {
  readonly x: number
  readonly y: number
  readonly radiusX: number
  readonly radiusY: number
  readonly rotation: number
}
