import { type Matrix, toScreen } from './camera'
import type { Point } from './plane'

const ACCENT = '#3b6ef5'

/** Draws the frame of a selection that is being dragged. */
export function drawMarquee(context: CanvasRenderingContext2D, matrix: Matrix, a: Point, b: Point): void {
  const [from, to] = [toScreen(matrix, a), toScreen(matrix, b)]
  context.setLineDash([4, 3])
  context.lineWidth = 1
  context.strokeStyle = ACCENT
  context.fillStyle = 'rgba(59,110,245,0.1)'
  context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y)
  context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y)
  context.setLineDash([])
}

/** Draws the frame around several selected regions. */
export function drawFrame(context: CanvasRenderingContext2D, matrix: Matrix, corners: readonly Point[]): void {
  context.setLineDash([5, 4])
  context.lineWidth = 1.25
  context.strokeStyle = ACCENT
  context.beginPath()
  corners.forEach((corner, at) => {
    const { x, y } = toScreen(matrix, corner)
    if (at === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.closePath()
  context.stroke()
  context.setLineDash([])
}

/** Draws lines through the whole viewport at the pointer. */
export function drawCrosshair(context: CanvasRenderingContext2D, at: Point, width: number, height: number): void {
  const lines = () => {
    context.beginPath()
    context.moveTo(at.x + 0.5, 0)
    context.lineTo(at.x + 0.5, height)
    context.moveTo(0, at.y + 0.5)
    context.lineTo(width, at.y + 0.5)
    context.stroke()
  }
  context.lineWidth = 2.5
  context.strokeStyle = 'rgba(255,255,255,0.55)'
  lines()
  context.lineWidth = 1
  context.strokeStyle = 'rgba(20,28,48,0.85)'
  lines()
}

/** Draws where the keyboard points. */
export function drawCursor(context: CanvasRenderingContext2D, { x, y }: Point): void {
  for (const [width, color] of [
    [4, '#ffffff'],
    [1.75, ACCENT],
  ] as const) {
    context.lineWidth = width
    context.strokeStyle = color
    context.beginPath()
    context.moveTo(x - 11, y)
    context.lineTo(x + 11, y)
    context.moveTo(x, y - 11)
    context.lineTo(x, y + 11)
    context.stroke()
  }
}

/** Draws how large the brush is. */
export function drawBrush(context: CanvasRenderingContext2D, { x, y }: Point, diameter: number): void {
  for (const [width, color] of [
    [2.5, 'rgba(255,255,255,0.85)'],
    [1, 'rgba(20,28,48,0.9)'],
  ] as const) {
    context.lineWidth = width
    context.strokeStyle = color
    context.beginPath()
    context.arc(x, y, Math.max(diameter / 2, 0.75), 0, 2 * Math.PI)
    context.stroke()
  }
}

/** Draws what is being made: a line to the pointer and points that stand out. */
export function drawDraft(
  context: CanvasRenderingContext2D,
  matrix: Matrix,
  line: readonly Point[],
  dots: readonly Point[],
  color: string,
): void {
  context.setLineDash([5, 4])
  context.lineWidth = 1.75
  context.strokeStyle = color
  context.beginPath()
  line.forEach((point, at) => {
    const { x, y } = toScreen(matrix, point)
    if (at === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.stroke()
  context.setLineDash([])
  for (const dot of dots) {
    const { x, y } = toScreen(matrix, dot)
    context.beginPath()
    context.arc(x, y, 8, 0, 2 * Math.PI)
    context.fillStyle = '#ffffff'
    context.fill()
    context.lineWidth = 2.5
    context.strokeStyle = color
    context.stroke()
  }
}
