import { parseColor } from '../../../core/color'
import { type Camera, type Matrix, visibleBox } from '../camera'
import { intersects, type Size } from '../plane'
import { findRun, type Mask, maskBox } from './runs'

/** A mask as it is to be painted. */
export interface PaintedMask {
  readonly mask: Mask
  readonly color: string
  readonly opacity: number
  /** Draws a light line along the border. */
  readonly isOutlined: boolean
}

export interface MaskView {
  readonly camera: Camera
  readonly matrix: Matrix
  readonly media: Size
  readonly size: Size
  /** Canvas pixels a screen pixel. */
  readonly ratio: number
}

/** The part of a picture that is painted, and how many canvas pixels stand for one of its pixels. */
interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly share: number
}

const LIGHT = 0xe6ffffff

/**
 * Paints masks. Only what the view shows is worked on, in no more pixels than the screen has: the cost is that of the
 * stretches in view, not of the pixels of the picture.
 */
export class MaskPainter {
  private scratch: HTMLCanvasElement | null = null
  private image: ImageData | null = null

  /** Paints masks, the later above the earlier ones. */
  paint(context: CanvasRenderingContext2D, masks: readonly PaintedMask[], view: MaskView): void {
    const shown = visibleBox(view.matrix, view.size)
    const inView = masks.filter(({ mask }) => mask.runs.length > 0 && intersects(maskBox(mask), shown))
    const frame = frameOf(view)
    if (inView.length === 0 || !frame) return
    const image = this.imageFor(frame)
    const pixels = new Uint32Array(image.data.buffer)
    pixels.fill(0)
    const owners = new Uint16Array(pixels.length)
    inView.forEach((painted, at) => {
      stamp(pixels, owners, at + 1, painted, frame, image.width)
      if (painted.isOutlined) outline(pixels, owners, at + 1, image.width, image.height)
    })
    this.put(context, image, frame, view)
  }

  private imageFor(frame: Frame): ImageData {
    const width = Math.max(1, Math.ceil(frame.width * frame.share))
    const height = Math.max(1, Math.ceil(frame.height * frame.share))
    if (this.image?.width !== width || this.image.height !== height) this.image = new ImageData(width, height)
    return this.image
  }

  private put(context: CanvasRenderingContext2D, image: ImageData, frame: Frame, view: MaskView): void {
    this.scratch ??= document.createElement('canvas')
    if (this.scratch.width !== image.width || this.scratch.height !== image.height) {
      this.scratch.width = image.width
      this.scratch.height = image.height
    }
    this.scratch.getContext('2d')?.putImageData(image, 0, 0)
    context.save()
    const [a, b, c, d, e, f] = view.matrix
    context.transform(a, b, c, d, e, f)
    // Pixels of the picture stay squares when they are larger than those of the screen.
    context.imageSmoothingEnabled = frame.share < 1
    context.drawImage(this.scratch, frame.x, frame.y, image.width / frame.share, image.height / frame.share)
    context.restore()
  }
}

function frameOf({ camera, matrix, media, size, ratio }: MaskView): Frame | null {
  const box = visibleBox(matrix, size)
  const [x, y] = [Math.max(0, Math.floor(box.minX)), Math.max(0, Math.floor(box.minY))]
  const width = Math.min(media.width, Math.ceil(box.maxX)) - x
  const height = Math.min(media.height, Math.ceil(box.maxY)) - y
  return width > 0 && height > 0 ? { x, y, width, height, share: Math.min(1, camera.scale * ratio) } : null
}

/** Marks what a mask covers: a pixel on the screen is covered if any pixel of the picture under it is painted. */
function stamp(
  pixels: Uint32Array,
  owners: Uint16Array,
  owner: number,
  { mask, color, opacity }: PaintedMask,
  { x, y, width, height, share }: Frame,
  imageWidth: number,
): void {
  const [r, g, b] = parseColor(color) ?? [139, 147, 161]
  const paint = packed(r, g, b, Math.round(opacity * 255))
  const { runs } = mask
  const [top, bottom, right] = [y, y + height, x + width]
  for (let at = findRun(runs, top * mask.width); at < runs.length; at += 2) {
    let start = runs[at] as number
    const end = runs[at + 1] as number
    if (start >= bottom * mask.width) return
    while (start < end) {
      const row = Math.floor(start / mask.width)
      const rowStart = row * mask.width
      const stop = Math.min(end, rowStart + mask.width)
      if (row >= top && row < bottom) {
        const from = Math.max(start - rowStart, x)
        const to = Math.min(stop - rowStart, right)
        if (from < to) {
          const line = Math.floor((row - y) * share) * imageWidth
          const first = line + Math.floor((from - x) * share)
          const last = line + Math.max(Math.ceil((to - x) * share), Math.floor((from - x) * share) + 1)
          for (let pixel = first; pixel < last; pixel += 1) {
            if (owners[pixel] === owner) continue
            pixels[pixel] = pixels[pixel] === 0 ? paint : over(pixels[pixel] as number, paint)
            owners[pixel] = owner
          }
        }
      }
      start = stop
    }
  }
}

/** Makes the border of a mask light. */
function outline(pixels: Uint32Array, owners: Uint16Array, owner: number, width: number, height: number): void {
  for (let row = 0; row < height; row += 1) {
    for (let at = row * width; at < (row + 1) * width; at += 1) {
      if (owners[at] !== owner) continue
      const isInner =
        at > row * width &&
        at < (row + 1) * width - 1 &&
        owners[at - 1] === owner &&
        owners[at + 1] === owner &&
        owners[at - width] === owner &&
        owners[at + width] === owner
      if (!isInner) pixels[at] = LIGHT
    }
  }
}

/** Canvas pixels lie in memory as red, green, blue, alpha; numbers have the last byte first. */
const packed = (r: number, g: number, b: number, alpha: number): number =>
  ((alpha << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0

function over(below: number, above: number): number {
  const [a, b] = [(above >>> 24) / 255, (below >>> 24) / 255]
  const alpha = a + b * (1 - a)
  const mix = (shiftBy: number) =>
    (((above >>> shiftBy) & 255) * a + ((below >>> shiftBy) & 255) * b * (1 - a)) / (alpha || 1)
  return packed(mix(0), mix(8), mix(16), Math.round(alpha * 255))
}
