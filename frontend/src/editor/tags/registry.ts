import { type TagRegistry, toRegistry } from '../core/defineTag'
import { inOrder } from '../engines/canvas/canvasTool'
import { bitmask, bitmaskLabels } from './bitmask'
import { brush, brushLabels, magicWand } from './brush'
import { chat } from './chat'
import { choice, choices } from './choices'
import { collapse, panel } from './collapse'
import { dateTime } from './datetime'
import { dialog } from './dialog'
import { ellipse, ellipseLabels } from './ellipse'
import { filter } from './filter'
import { hyperText, hyperTextLabels } from './hypertext'
import { image } from './image'
import { keyPoint, keyPointLabels } from './keypoint'
import { label, labels } from './labels'
import { header, style, view } from './layout'
import { list } from './list'
import { markdown } from './markdown'
import { number } from './number'
import { pairwise } from './pairwise'
import { paragraphLabels, paragraphs } from './paragraphs'
import { ocrLabels, pdf } from './pdf'
import { polygon, polygonLabels } from './polygon'
import { ranker } from './ranker'
import { rating } from './rating'
import { rectangle, rectangleLabels } from './rectangle'
import { repeater } from './repeater'
import { loadHtml } from './SafeHtml'
import { table } from './table'
import type { CanvasPart, CanvasParts, TagView, WebTag } from './tag'
import { taxonomy } from './taxonomy'
import { text } from './text'
import { textarea } from './textarea'
import { vector, vectorLabels } from './vector'

/** All tag families of the web editor; a new family is one line here. */
const DEFINITIONS: readonly WebTag[] = [
  bitmask,
  bitmaskLabels,
  brush,
  brushLabels,
  chat,
  choice,
  choices,
  collapse,
  dateTime,
  dialog,
  ellipse,
  ellipseLabels,
  filter,
  header,
  hyperText,
  hyperTextLabels,
  image,
  keyPoint,
  keyPointLabels,
  label,
  labels,
  list,
  magicWand,
  markdown,
  number,
  pairwise,
  ocrLabels,
  panel,
  paragraphLabels,
  paragraphs,
  pdf,
  polygon,
  polygonLabels,
  ranker,
  rating,
  rectangle,
  rectangleLabels,
  repeater,
  style,
  table,
  taxonomy,
  text,
  textarea,
  vector,
  vectorLabels,
  view,
]

export const TAGS: TagRegistry<TagView> = toRegistry(DEFINITIONS)

const LOADERS = new Map(
  DEFINITIONS.flatMap(({ tags, load, canvas }) => tags.map((tag) => [tag.toLowerCase(), [load, canvas]] as const)),
)
const loaded = new Set<string>()
/** Stands for what cleans the HTML of labels. */
const HTML = 'attribute html'

/**
 * Loads the code of all tags that a config names, at once; `null` if everything is here.
 *
 * Call it as early as the config is known: a task can be shown only after that.
 */
export function loadTags(config: string): Promise<void> | null {
  const named = [...new Set(config.match(/<[A-Za-z]\w*/g))].map((open) => open.slice(1).toLowerCase())
  const missing = named.filter((tag) => !loaded.has(tag))
  const loads: (() => Promise<unknown>)[] = missing.flatMap((tag) =>
    (LOADERS.get(tag) ?? []).flatMap((load) => load ?? []),
  )
  if (/\shtml=/i.test(config) && !loaded.has(HTML)) {
    loads.push(loadHtml)
    missing.push(HTML)
  }
  if (loads.length === 0) return null
  return Promise.all(loads.map((load) => load())).then(() => {
    for (const tag of missing) loaded.add(tag)
  })
}

/** Families of regions that lie on pictures. */
export const CANVAS_FAMILIES: ReadonlySet<string> = new Set(
  DEFINITIONS.flatMap(({ canvas, codec }) => (canvas && codec ? [codec.family] : [])),
)

const drawn = new Map<string, CanvasPart>()

/** Returns how these families of regions are drawn, at once if it is here; what is not asked for is not loaded. */
export function loadCanvas(families: Iterable<string>): CanvasParts | Promise<CanvasParts> {
  const wanted = new Set(families)
  const loaders = new Map(
    DEFINITIONS.flatMap(({ canvas, codec }) =>
      canvas && codec && wanted.has(codec.family) ? [[codec.family, canvas]] : [],
    ),
  )
  const parts = [...loaders.keys()].flatMap((family) => drawn.get(family) ?? [])
  if (parts.length === loaders.size) return canvasOf(parts)
  const loads = [...loaders].map(async ([family, load]) => {
    const part = await load()
    drawn.set(family, part)
    return part
  })
  return Promise.all(loads).then(canvasOf)
}

const canvasOf = (parts: readonly CanvasPart[]): CanvasParts => ({
  shapes: new Map(parts.map(({ shape }) => [shape.family, shape])),
  tools: inOrder(parts.flatMap(({ tools }) => tools)),
})
