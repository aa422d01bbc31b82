import { type TagRegistry, toRegistry } from '../core/defineTag'
import { inOrder } from '../engines/canvas/canvasTool'
import { bitmask, bitmaskLabels } from './bitmask'
import { brush, brushLabels, magicWand } from './brush'
import { choice, choices } from './choices'
import { ellipse, ellipseLabels } from './ellipse'
import { image } from './image'
import { keyPoint, keyPointLabels } from './keypoint'
import { label, labels } from './labels'
import { header, repeater, style, view } from './layout'
import { polygon, polygonLabels } from './polygon'
import { rating } from './rating'
import { rectangle, rectangleLabels } from './rectangle'
import type { CanvasParts, TagView, WebTag } from './tag'
import { text } from './text'
import { textarea } from './textarea'
import { vector, vectorLabels } from './vector'

/** All tag families of the web editor; a new family is one line here. */
const DEFINITIONS: readonly WebTag[] = [
  bitmask,
  bitmaskLabels,
  brush,
  brushLabels,
  choice,
  choices,
  ellipse,
  ellipseLabels,
  header,
  image,
  keyPoint,
  keyPointLabels,
  label,
  labels,
  magicWand,
  polygon,
  polygonLabels,
  rating,
  rectangle,
  rectangleLabels,
  repeater,
  style,
  text,
  textarea,
  vector,
  vectorLabels,
  view,
]

export const TAGS: TagRegistry<TagView> = toRegistry(DEFINITIONS)

/** Families of regions that lie on pictures. */
export const CANVAS_FAMILIES: ReadonlySet<string> = new Set(
  DEFINITIONS.flatMap(({ canvas, codec }) => (canvas && codec ? [codec.family] : [])),
)

/** Loads how these families of regions are drawn; what is not asked for is not loaded. */
export async function loadCanvas(families: Iterable<string>): Promise<CanvasParts> {
  const wanted = new Set(families)
  const loaders = new Map(
    DEFINITIONS.flatMap(({ canvas, codec }) =>
      canvas && codec && wanted.has(codec.family) ? [[codec.family, canvas]] : [],
    ),
  )
  const parts = await Promise.all([...loaders.values()].map((load) => load()))
  return {
    shapes: new Map(parts.map(({ shape }) => [shape.family, shape])),
    tools: inOrder(parts.flatMap(({ tools }) => tools)),
  }
}
