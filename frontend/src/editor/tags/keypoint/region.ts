/** A point in percent of the picture; `width` is its diameter in percent of the picture's width, only for the eye. */
export interface KeyPoint {
  readonly x: number
  readonly y: number
  readonly width: number
}
