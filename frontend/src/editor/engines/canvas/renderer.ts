import { type Matrix, toScreen } from './camera'
import type { Point } from './plane'
import type { Handle } from './shape'

/** How one region is drawn. */
export interface Drawn {
  readonly outline: readonly Point[]
  readonly color: string
  readonly fillOpacity: number
  readonly strokeWidth: number
  readonly label: string
}

const HANDLE = 8

/** Draws regions that nobody is working on: one path per look, so that ten thousand cost little. */
export function drawStill(context: CanvasRenderingContext2D, matrix: Matrix, regions: readonly Drawn[]): void {
  const groups = new Map<string, Drawn[]>()
  for (const region of regions) {
    const look = `${region.color} ${region.fillOpacity} ${region.strokeWidth}`
    const group = groups.get(look)
    if (group) group.push(region)
    else groups.set(look, [region])
  }
  for (const group of groups.values()) {
    const { color, fillOpacity, strokeWidth } = group[0] as Drawn
    context.beginPath()
    for (const { outline } of group) trace(context, matrix, outline)
    context.globalAlpha = fillOpacity
    context.fillStyle = color
    context.fill('nonzero')
    context.globalAlpha = 1
    context.strokeStyle = color
    context.lineWidth = strokeWidth
    context.stroke()
  }
}

/** Draws one region so that it stands out: a light line inside a colored one. */
export function drawLively(
  context: CanvasRenderingContext2D,
  matrix: Matrix,
  region: Drawn,
  isSelected: boolean,
): void {
  context.beginPath()
  trace(context, matrix, region.outline)
  context.globalAlpha = Math.min(1, region.fillOpacity + (isSelected ? 0.12 : 0.06))
  context.fillStyle = region.color
  context.fill()
  context.globalAlpha = 1
  context.lineJoin = 'round'
  if (isSelected) {
    context.strokeStyle = 'rgba(255,255,255,0.9)'
    context.lineWidth = region.strokeWidth + 3
    context.stroke()
  }
  context.strokeStyle = region.color
  context.lineWidth = region.strokeWidth + 1
  context.stroke()
}

/** Draws the points by which a region is changed. */
export function drawHandles(
  context: CanvasRenderingContext2D,
  matrix: Matrix,
  handles: readonly Handle[],
  color: string,
): void {
  for (const handle of handles) {
    const at = toScreen(matrix, handle.at)
    context.beginPath()
    if (handle.isRotation) context.arc(at.x, at.y, HANDLE / 2 + 1, 0, 2 * Math.PI)
    else context.rect(at.x - HANDLE / 2, at.y - HANDLE / 2, HANDLE, HANDLE)
    context.fillStyle = '#ffffff'
    context.fill()
    context.strokeStyle = color
    context.lineWidth = 1.5
    context.stroke()
  }
}

/** Draws the label of a region at its highest corner. */
export function drawLabel(context: CanvasRenderingContext2D, matrix: Matrix, region: Drawn): void {
  if (region.label === '') return
  const corners = region.outline.map((point) => toScreen(matrix, point))
  const top = corners.reduce((a, b) => (b.y < a.y || (b.y === a.y && b.x < a.x) ? b : a))
  context.font = '500 12px system-ui, sans-serif'
  const width = Math.min(context.measureText(region.label).width, 240) + 10
  const y = top.y >= 18 ? top.y - 18 : top.y
  context.globalAlpha = 0.92
  context.fillStyle = region.color
  context.fillRect(top.x, y, width, 18)
  context.globalAlpha = 1
  context.fillStyle = '#ffffff'
  context.fillText(region.label, top.x + 5, y + 13, 240)
}

/** Draws the frame of a selection that is being dragged. */
export function drawMarquee(context: CanvasRenderingContext2D, matrix: Matrix, a: Point, b: Point): void {
  const [from, to] = [toScreen(matrix, a), toScreen(matrix, b)]
  context.setLineDash([4, 3])
  context.lineWidth = 1
  context.strokeStyle = '#3b6ef5'
  context.fillStyle = 'rgba(59,110,245,0.1)'
  context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y)
  context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y)
  context.setLineDash([])
}

/** Draws lines through the whole viewport at the pointer. */
export function drawCrosshair(context: CanvasRenderingContext2D, at: Point, width: number, height: number): void {
  context.lineWidth = 1
  context.strokeStyle = 'rgba(59,110,245,0.75)'
  context.beginPath()
  context.moveTo(at.x + 0.5, 0)
  context.lineTo(at.x + 0.5, height)
  context.moveTo(0, at.y + 0.5)
  context.lineTo(width, at.y + 0.5)
  context.stroke()
}

/** Draws an arrow between two regions. */
export function drawArrow(context: CanvasRenderingContext2D, from: Point, to: Point, direction: string): void {
  context.strokeStyle = '#5b6472'
  context.fillStyle = '#5b6472'
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.lineTo(to.x, to.y)
  context.stroke()
  if (direction !== 'left') arrowHead(context, from, to)
  if (direction !== 'right') arrowHead(context, to, from)
}

function arrowHead(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  context.beginPath()
  context.moveTo(to.x, to.y)
  for (const side of [-0.45, 0.45]) context.lineTo(to.x - 9 * Math.cos(angle + side), to.y - 9 * Math.sin(angle + side))
  context.closePath()
  context.fill()
}

function trace(context: CanvasRenderingContext2D, [a, b, c, d, e, f]: Matrix, outline: readonly Point[]): void {
  outline.forEach(({ x, y }, at) => {
    const [sx, sy] = [a * x + c * y + e, b * x + d * y + f]
    if (at === 0) context.moveTo(sx, sy)
    else context.lineTo(sx, sy)
  })
  context.closePath()
}
