import type { Json, Task } from '@/api/types'
import { colorFromText } from '@/editor/core/color'

/** A region as it is drawn over a small picture; all numbers in percent of the picture. */
export type RegionShape =
  | { kind: 'box'; x: number; y: number; width: number; height: number; rotation: number; label: string }
  | { kind: 'ellipse'; x: number; y: number; rx: number; ry: number; rotation: number; label: string }
  | { kind: 'polygon'; points: string; label: string }
  | { kind: 'point'; x: number; y: number; label: string }

const MAX_SHAPES = 200
type Values = Record<string, Json | undefined>

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const number = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)

const labelOf = (value: Values): string => {
  for (const [key, labels] of Object.entries(value)) {
    if (key.endsWith('labels') && Array.isArray(labels)) return String(labels[0] ?? '')
  }
  return ''
}

const shapeOf = (value: Values): RegionShape | null => {
  const label = labelOf(value)
  const x = number(value.x)
  const y = number(value.y)
  const rotation = number(value.rotation)
  if (Array.isArray(value.points) || Array.isArray(value.vertices)) {
    const points = (Array.isArray(value.points) ? value.points : value.vertices) as Json[]
    const text = points.flatMap((point) => {
      if (Array.isArray(point)) return [`${number(point[0])},${number(point[1])}`]
      return isRecord(point) ? [`${number(point.x)},${number(point.y)}`] : []
    })
    return text.length > 2 ? { kind: 'polygon', points: text.join(' '), label } : null
  }
  if (typeof value.radiusX === 'number') {
    return { kind: 'ellipse', x, y, rx: value.radiusX, ry: number(value.radiusY), rotation, label }
  }
  if (typeof value.width !== 'number' || typeof value.x !== 'number') return null
  if (typeof value.height === 'number')
    return { kind: 'box', x, y, width: value.width, height: value.height, rotation, label }
  return { kind: 'point', x, y, label }
}

/** Returns what the newest annotation of a task marks in its picture, or the newest prediction where there is none. */
export const shapesOf = (task: Task): RegionShape[] => {
  const newest = task.annotations?.findLast((one) => !one.was_cancelled) ?? task.predictions?.at(-1)
  const found: RegionShape[] = []
  for (const entry of newest?.result ?? []) {
    if (!isRecord(entry) || !isRecord(entry.value)) continue
    const shape = shapeOf(entry.value)
    if (shape) found.push(shape)
    if (found.length >= MAX_SHAPES) break
  }
  return found
}

/** Returns the color of each label in a label config: the one it names, else the one that the editor gives it. */
export const colorsOf = (config: string): ReadonlyMap<string, string> => {
  const tree = new DOMParser().parseFromString(config, 'text/xml')
  const labels = [...tree.querySelectorAll('Label, Brush, Choice')]
  return new Map(
    labels.map((label): [string, string] => {
      const name = label.getAttribute('value') ?? ''
      return [name, label.getAttribute('background') || colorFromText(name)]
    }),
  )
}
