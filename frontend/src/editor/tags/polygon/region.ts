/** An outline in percent of the picture; one that is not closed is still being drawn. */
export interface Polygon {
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly closed: boolean
}
