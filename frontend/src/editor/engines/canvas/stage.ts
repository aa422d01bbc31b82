import type { RecordId, RegionRecord } from '../../core/document'
import type { Editor } from '../../core/editor'
import type { Observable } from '../../core/observable'
import type { Content } from './content'
import type { Mask } from './masks/runs'
import type { PickedPoints } from './pickedPoints'
import type { Point } from './plane'

/** Something that is shown while it is made and is not in the document. */
export interface Preview {
  /** The region that is not drawn meanwhile. */
  readonly standsFor: RecordId | null
  readonly region?: RegionRecord
  readonly mask?: { readonly mask: Mask; readonly color: string }
  /** A line to where the pointer is. */
  readonly line?: readonly Point[]
  /** Points that stand out, as the one that closes a polygon. */
  readonly dots?: readonly Point[]
  readonly color?: string
}

/** Diameters of brush and eraser in screen pixels. */
export interface BrushSizes {
  readonly brush: number
  readonly eraser: number
}

/** The picture itself: red, green, blue, alpha of every pixel. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/** Takes regions that only tell a model where to look. */
export interface PromptTarget {
  add(region: RegionRecord): void
  /** Takes one that may yet grow, as by strokes that follow each other. */
  join(region: RegionRecord): void
}

/** What a tool needs to know of the canvas it works on. */
export interface Stage {
  readonly editor: Editor
  readonly content: Content
  /** Media pixels per screen pixel. */
  readonly pixel: () => number
  readonly setMarquee: (marquee: readonly [Point, Point] | null) => void
  readonly setPreview: (preview: Preview | null) => void
  readonly sizes: Observable<BrushSizes>
  /** Returns the picture; `null` if the browser does not let the page read it. */
  readonly pixels: () => Promise<Pixels | null>
  /** Calls `end` when the canvas goes away. */
  readonly onEnd: (end: () => void) => void
  /** Points of the selected region that are changed together. */
  readonly picked: Observable<PickedPoints | null>
  /** Set while a smart tool works: what it draws goes here. */
  readonly prompts: PromptTarget | null
}
