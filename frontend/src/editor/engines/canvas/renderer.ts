import { type Matrix, toScreen } from './camera'
import type { Mask } from './masks/runs'
import { boundsOf, type Point } from './plane'
import type { Handle, ShapeKind, ShapeOptions } from './shape'

/** How one region is drawn. */
export interface Drawn {
  readonly kind: ShapeKind
  /** In media pixels; areas run clockwise. */
  readonly outline: readonly Point[]
  /** The lines of a path with several. */
  readonly paths?: readonly (readonly Point[])[]
  /** The painted pixels of a mask; `null` while they are being read. */
  readonly mask: Mask | null
  readonly color: string
  readonly fillOpacity: number
  readonly strokeWidth: number
  /** Color of the inside; that of the outline where it is not said. */
  readonly fill?: string
  /** Points that are drawn on the line, in media pixels. */
  readonly dots?: readonly Point[]
  /** Diameter of those points in screen pixels. */
  readonly dotSize?: number
  readonly label: string
}

const HANDLE = 8
/** Radius in screen pixels; smaller dots could not be seen. */
const LEAST_DOT = 4
const LIGHT = 'rgba(255,255,255,0.9)'
/** A light seam makes lines stand out from any picture; with more regions than this it would only be noise. */
const MOST_WITH_SEAM = 1500

/** Draws regions that nobody is working on: one path per look, so that ten thousand cost little. */
export function drawStill(context: CanvasRenderingContext2D, matrix: Matrix, regions: readonly Drawn[]): void {
  const groups = new Map<string, Drawn[]>()
  for (const region of regions) {
    const look = `${region.kind} ${region.color} ${region.fillOpacity} ${region.strokeWidth} ${region.fill ?? ''}`
    const group = groups.get(look)
    if (group) group.push(region)
    else groups.set(look, [region])
  }
  for (const group of groups.values()) {
    const { kind, color, fillOpacity, strokeWidth } = group[0] as Drawn
    if (kind === 'mask') continue
    context.beginPath()
    for (const region of group) trace(context, matrix, region, kind)
    if (kind === 'dot') {
      drawDots(context, color, 2.5)
      continue
    }
    if (kind !== 'line') {
      context.globalAlpha = fillOpacity
      context.fillStyle = (group[0] as Drawn).fill ?? color
      context.fill('nonzero')
    }
    context.lineJoin = 'round'
    if (regions.length <= MOST_WITH_SEAM) {
      context.globalAlpha = 0.45
      context.strokeStyle = '#ffffff'
      context.lineWidth = Math.max(strokeWidth, 1.5) + 1.5
      context.stroke()
    }
    context.globalAlpha = 1
    context.strokeStyle = color
    context.lineWidth = Math.max(strokeWidth, 1.5)
    context.stroke()
    for (const region of group) drawPoints(context, matrix, region)
  }
}

function drawPoints(context: CanvasRenderingContext2D, matrix: Matrix, { dots, dotSize = 0, color }: Drawn): void {
  if (!dots || dotSize <= 0) return
  context.beginPath()
  for (const dot of dots) {
    const { x, y } = toScreen(matrix, dot)
    context.moveTo(x + dotSize / 2, y)
    context.arc(x, y, dotSize / 2, 0, 2 * Math.PI)
  }
  context.lineWidth = 1.5
  context.strokeStyle = LIGHT
  context.stroke()
  context.fillStyle = color
  context.fill()
}

/** Draws one region so that it stands out: a colored line on a light one. */
export function drawLively(
  context: CanvasRenderingContext2D,
  matrix: Matrix,
  region: Drawn,
  isSelected: boolean,
): void {
  if (region.kind === 'mask') return
  context.beginPath()
  trace(context, matrix, region, region.kind)
  if (region.kind === 'dot') {
    drawDots(context, region.color, isSelected ? 6 : 4)
    return
  }
  if (region.kind !== 'line') {
    context.globalAlpha = Math.min(1, region.fillOpacity + (isSelected ? 0.12 : 0.06))
    context.fillStyle = region.fill ?? region.color
    context.fill()
  }
  context.globalAlpha = 1
  context.lineJoin = 'round'
  if (isSelected) {
    context.strokeStyle = LIGHT
    context.lineWidth = region.strokeWidth + 3
    context.stroke()
  }
  context.strokeStyle = region.color
  context.lineWidth = region.strokeWidth + 1
  context.stroke()
}

/** Draws a region that a model suggests: dashed, so that nobody takes it for one of the annotation. */
export function drawSuggested(context: CanvasRenderingContext2D, matrix: Matrix, region: Drawn): void {
  context.beginPath()
  trace(context, matrix, region, region.kind === 'mask' ? 'area' : region.kind)
  context.lineWidth = region.strokeWidth + 2.5
  context.strokeStyle = LIGHT
  context.stroke()
  context.setLineDash([6, 4])
  context.lineWidth = region.strokeWidth + 0.5
  context.strokeStyle = region.color
  context.stroke()
  context.setLineDash([])
}

/** Draws what tells a model where to look: a fine dotted line, or a sign for "this" or "not this". */
export function drawPrompt(
  context: CanvasRenderingContext2D,
  matrix: Matrix,
  region: Drawn,
  isPositive: boolean,
): void {
  if (region.kind === 'dot') {
    drawSign(context, matrix, region, isPositive)
    return
  }
  context.beginPath()
  trace(context, matrix, region, region.kind)
  context.lineWidth = 3
  context.strokeStyle = LIGHT
  context.stroke()
  context.setLineDash([1.5, 3.5])
  context.lineCap = 'round'
  context.lineWidth = 2
  context.strokeStyle = region.color
  context.stroke()
  context.setLineDash([])
  context.lineCap = 'butt'
}

function drawSign(context: CanvasRenderingContext2D, matrix: Matrix, { outline, color }: Drawn, isPositive: boolean) {
  const box = boundsOf(outline.map((point) => toScreen(matrix, point)))
  const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2]
  context.beginPath()
  context.arc(x, y, 8, 0, 2 * Math.PI)
  context.fillStyle = isPositive ? color : '#ffffff'
  context.fill()
  context.lineWidth = 2
  context.strokeStyle = isPositive ? '#ffffff' : color
  context.stroke()
  context.beginPath()
  context.moveTo(x - 4, y)
  context.lineTo(x + 4, y)
  if (isPositive) {
    context.moveTo(x, y - 4)
    context.lineTo(x, y + 4)
  }
  context.stroke()
}

/** Draws the points by which a region is changed. */
export function drawHandles(
  context: CanvasRenderingContext2D,
  matrix: Matrix,
  handles: readonly Handle[],
  color: string,
  options: Pick<ShapeOptions, 'pointSize' | 'pointStyle'>,
): void {
  context.strokeStyle = color
  context.lineWidth = 1
  for (const { at, tiedTo } of handles) {
    if (!tiedTo) continue
    const [from, to] = [toScreen(matrix, tiedTo), toScreen(matrix, at)]
    context.beginPath()
    context.moveTo(from.x, from.y)
    context.lineTo(to.x, to.y)
    context.stroke()
  }
  context.lineWidth = 1.5
  for (const handle of handles) {
    const { x, y } = toScreen(matrix, handle.at)
    const isPoint = handle.look === 'point' || handle.look === 'arm'
    const size = handle.look === 'arm' ? 6 : isPoint ? options.pointSize : HANDLE
    const isRound = handle.look === 'turn' || handle.look === 'arm' || (isPoint && options.pointStyle === 'circle')
    context.beginPath()
    if (isRound) context.arc(x, y, handle.look === 'turn' ? HANDLE / 2 + 1 : size / 2, 0, 2 * Math.PI)
    else context.rect(x - size / 2, y - size / 2, size, size)
    context.fillStyle = handle.isActive ? color : '#ffffff'
    context.fill()
    context.strokeStyle = handle.isActive ? '#ffffff' : color
    context.stroke()
  }
}

/** Draws the label of a region at its highest corner. */
export function drawLabel(context: CanvasRenderingContext2D, matrix: Matrix, region: Drawn): void {
  if (region.label === '' || region.outline.length === 0) return
  let top = { x: 0, y: Number.POSITIVE_INFINITY }
  for (const point of region.outline) {
    const corner = toScreen(matrix, point)
    if (corner.y < top.y || (corner.y === top.y && corner.x < top.x)) top = corner
  }
  context.font = '500 12px system-ui, sans-serif'
  const width = Math.min(context.measureText(region.label).width, 240) + 10
  const y = top.y >= 18 ? top.y - 18 : Math.max(top.y, 0)
  const x = Math.max(top.x, 0)
  context.globalAlpha = 0.92
  context.fillStyle = region.color
  context.fillRect(x, y, width, 18)
  context.globalAlpha = 1
  context.fillStyle = '#ffffff'
  context.fillText(region.label, x + 5, y + 13, 240)
}

/** Fills the dots of the path with a light ring around them. */
function drawDots(context: CanvasRenderingContext2D, color: string, ring: number): void {
  context.globalAlpha = 1
  context.strokeStyle = LIGHT
  context.lineWidth = ring
  context.stroke()
  context.fillStyle = color
  context.fill()
}

function traceDot(context: CanvasRenderingContext2D, matrix: Matrix, outline: readonly Point[]): void {
  const box = boundsOf(outline.map((point) => toScreen(matrix, point)))
  const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2]
  const radius = Math.max((box.maxX - box.minX) / 2, LEAST_DOT)
  context.moveTo(x + radius, y)
  context.arc(x, y, radius, 0, 2 * Math.PI)
}

function trace(context: CanvasRenderingContext2D, matrix: Matrix, { outline, paths }: Drawn, kind: ShapeKind): void {
  if (kind === 'dot') {
    traceDot(context, matrix, outline)
    return
  }
  const [a, b, c, d, e, f] = matrix
  for (const path of kind === 'line' && paths ? paths : [outline]) {
    let isFirst = true
    for (const { x, y } of path) {
      const [sx, sy] = [a * x + c * y + e, b * x + d * y + f]
      if (isFirst) context.moveTo(sx, sy)
      else context.lineTo(sx, sy)
      isFirst = false
    }
    if (kind !== 'line') context.closePath()
  }
}
