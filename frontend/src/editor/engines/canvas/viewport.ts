import { Observable } from '../../core/observable'
import type { Look } from '../../core/regionView'
import {
  type Alignment,
  type Camera,
  type Matrix,
  matrixOf,
  settle,
  type Turn,
  toMedia,
  toScreen,
  turnedSize,
  wholePicture,
  zoomAt,
} from './camera'
import type { Point, Size } from './plane'

export interface ViewportOptions {
  readonly alignment: Alignment
  readonly defaultZoom: string
  /** Whether the picture may become smaller than at first. */
  readonly mayShrink: boolean
}

/** Which part of a picture a view of some size shows. Keeps the picture in view and the first zoom as the least. */
export class Viewport {
  readonly camera = new Observable<Camera>({ scale: 1, x: 0, y: 0, turn: 0 })
  private view: Size = { width: 1, height: 1 }
  private first = 1

  constructor(
    readonly media: Size,
    private readonly options: ViewportOptions,
  ) {}

  /** The size of the view in screen pixels. */
  get size(): Size {
    return this.view
  }

  /** The matrix from media to screen pixels. */
  get matrix(): Matrix {
    return matrixOf(this.camera.get(), this.media)
  }

  /** Whether the picture is larger than the view. */
  get isZoomed(): boolean {
    const { scale, turn } = this.camera.get()
    const size = turnedSize(this.media, turn)
    return size.width * scale > this.view.width + 0.5 || size.height * scale > this.view.height + 0.5
  }

  /** Takes over the size of the view; the picture keeps its zoom unless it was at its first one. */
  resize(view: Size): void {
    const wasFirst = Math.abs(this.camera.get().scale - this.first) < 1e-6
    this.view = view
    this.first = this.firstScale(this.camera.get().turn)
    if (wasFirst) this.reset()
    else this.move(this.camera.get())
  }

  /** Shows the picture as at first. */
  reset(): void {
    const { turn } = this.camera.get()
    this.first = this.firstScale(turn)
    this.move({ scale: this.first, x: 0, y: 0, turn })
  }

  /** Shows the whole picture. */
  fit(): void {
    this.move(wholePicture(this.media, this.view, this.camera.get().turn))
  }

  /** Zooms by a factor with the place `at` kept; without a place the middle of the view is kept. */
  zoom(factor: number, at: Point = { x: this.view.width / 2, y: this.view.height / 2 }): void {
    this.move(zoomAt(this.camera.get(), factor, at, this.options.mayShrink ? 0 : Math.min(this.first, 1)))
  }

  /** Shows one media pixel as one screen pixel. */
  actualSize(): void {
    this.zoom(1 / this.camera.get().scale)
  }

  /** Moves the picture; returns what was left over because the border was reached. */
  pan(by: Point): Point {
    const before = this.camera.get()
    this.move({ ...before, x: before.x + by.x, y: before.y + by.y })
    const after = this.camera.get()
    return { x: by.x - (after.x - before.x), y: by.y - (after.y - before.y) }
  }

  /** Turns the view by a quarter. */
  turn(by: 90 | -90): void {
    const turn = ((this.camera.get().turn + by + 360) % 360) as Turn
    this.camera.set({ ...this.camera.get(), turn })
    this.reset()
  }

  /** Returns what is shown, in terms of the picture. */
  look(): Look {
    const { scale, turn } = this.camera.get()
    const middle = this.toMedia({ x: this.view.width / 2, y: this.view.height / 2 })
    return { zoom: scale / this.first, x: middle.x / this.media.width, y: middle.y / this.media.height, turn }
  }

  /** Shows what another view of the picture shows. */
  show({ zoom, x, y, turn }: Look): void {
    if (sameLook(this.look(), { zoom, x, y, turn })) return
    this.first = this.firstScale(turn)
    const camera = { scale: this.first * zoom, x: 0, y: 0, turn }
    const at = toScreen(matrixOf(camera, this.media), { x: x * this.media.width, y: y * this.media.height })
    this.move({ ...camera, x: this.view.width / 2 - at.x, y: this.view.height / 2 - at.y })
  }

  /** Returns the media point at a place of the view. */
  toMedia(at: Point): Point {
    return toMedia(this.matrix, at)
  }

  private firstScale(turn: Turn): number {
    if (this.options.defaultZoom === 'original') return 1
    const width = this.view.width / turnedSize(this.media, turn).width
    if (this.options.defaultZoom === 'auto') return Math.min(1, width)
    return wholePicture(this.media, this.view, turn).scale
  }

  private move(camera: Camera): void {
    this.camera.set(settle(camera, this.media, this.view, this.options.alignment))
  }
}

/** Views that differ by less than can be seen show the same: else two of them would move each other for ever. */
const sameLook = (a: Look, b: Look): boolean =>
  a.turn === b.turn &&
  Math.abs(a.zoom / b.zoom - 1) < 1e-4 &&
  Math.abs(a.x - b.x) * b.zoom < 1e-4 &&
  Math.abs(a.y - b.y) * b.zoom < 1e-4
