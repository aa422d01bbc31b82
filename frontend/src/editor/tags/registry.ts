import { type TagRegistry, toRegistry } from '../core/defineTag'
import type { CanvasTool } from '../engines/canvas/canvasTool'
import type { ShapeType, ShapeTypes } from '../engines/canvas/shape'
import { choice, choices } from './choices'
import { image } from './image'
import { label, labels } from './labels'
import { header, repeater, style, view } from './layout'
import { rating } from './rating'
import { rectangle, rectangleLabels } from './rectangle'
import type { TagView, WebTag } from './tag'
import { text } from './text'
import { textarea } from './textarea'

/** All tag families of the web editor; a new family is one line here. */
const DEFINITIONS: readonly WebTag[] = [
  choice,
  choices,
  header,
  image,
  label,
  labels,
  rating,
  rectangle,
  rectangleLabels,
  repeater,
  style,
  text,
  textarea,
  view,
]

export const TAGS: TagRegistry<TagView> = toRegistry(DEFINITIONS)

export const SHAPES: ShapeTypes = new Map(
  DEFINITIONS.flatMap(({ shape }): [string, ShapeType][] => (shape ? [[shape.family, shape]] : [])),
)

export const CANVAS_TOOLS: readonly CanvasTool[] = [
  ...new Set(DEFINITIONS.flatMap(({ canvasTools }) => canvasTools ?? [])),
]
