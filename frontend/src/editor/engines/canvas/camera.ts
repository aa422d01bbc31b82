import type { Box, Point, Size } from './plane'

export type Turn = 0 | 90 | 180 | 270

/** How the picture lies in the viewport: turned, scaled, then moved by screen pixels. */
export interface Camera {
  readonly scale: number
  readonly x: number
  readonly y: number
  readonly turn: Turn
}

/** The numbers of a canvas or CSS matrix. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const MIN_SCALE = 0.01
export const MAX_SCALE = 100

/** Returns the size of the picture as it is turned. */
export const turnedSize = (media: Size, turn: Turn): Size =>
  turn === 90 || turn === 270 ? { width: media.height, height: media.width } : media

/** Returns the matrix from media pixels to screen pixels. */
export function matrixOf({ scale: s, x, y, turn }: Camera, media: Size): Matrix {
  if (turn === 90) return [0, s, -s, 0, x + media.height * s, y]
  if (turn === 180) return [-s, 0, 0, -s, x + media.width * s, y + media.height * s]
  if (turn === 270) return [0, -s, s, 0, x, y + media.width * s]
  return [s, 0, 0, s, x, y]
}

/** Returns where a media point is on the screen. */
export const toScreen = ([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
})

/** Returns the media point at a place on the screen. */
export function toMedia([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point {
  const det = a * d - b * c
  return { x: (d * (x - e) - c * (y - f)) / det, y: (a * (y - f) - b * (x - e)) / det }
}

/** Returns the camera that shows the whole picture, no larger than `limit` screen pixels a media pixel. */
export function wholePicture(media: Size, view: Size, turn: Turn = 0, limit = Number.POSITIVE_INFINITY): Camera {
  const size = turnedSize(media, turn)
  const scale = Math.min(view.width / size.width, view.height / size.height, limit) || 1
  return { scale, turn, x: 0, y: 0 }
}

/** Returns the camera zoomed by `factor` with the place `at` kept where it is. */
export function zoomAt(camera: Camera, factor: number, at: Point, least: number): Camera {
  const scale = Math.min(Math.max(camera.scale * factor, Math.max(least, MIN_SCALE)), MAX_SCALE)
  const by = scale / camera.scale
  return { ...camera, scale, x: at.x - (at.x - camera.x) * by, y: at.y - (at.y - camera.y) * by }
}

export interface Alignment {
  readonly horizontal: string
  readonly vertical: string
}

/** Returns the camera moved so that no empty margin is larger than needed. */
export function settle(camera: Camera, media: Size, view: Size, alignment: Alignment): Camera {
  const size = turnedSize(media, camera.turn)
  const place = (offset: number, length: number, room: number, share: number) =>
    length <= room ? (room - length) * share : Math.min(0, Math.max(room - length, offset))
  const shares: Readonly<Record<string, number>> = { center: 0.5, right: 1, bottom: 1 }
  return {
    ...camera,
    x: place(camera.x, size.width * camera.scale, view.width, shares[alignment.horizontal] ?? 0),
    y: place(camera.y, size.height * camera.scale, view.height, shares[alignment.vertical] ?? 0),
  }
}

/** Returns the part of the picture that the viewport shows, in media pixels. */
export function visibleBox(matrix: Matrix, view: Size): Box {
  const a = toMedia(matrix, { x: 0, y: 0 })
  const b = toMedia(matrix, { x: view.width, y: view.height })
  return {
    minX: Math.min(a.x, b.x),
    minY: Math.min(a.y, b.y),
    maxX: Math.max(a.x, b.x),
    maxY: Math.max(a.y, b.y),
  }
}
