/** A box in percent of the picture; `rotation` turns it clockwise about its top-left corner `x`, `y`. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rotation: number
}
