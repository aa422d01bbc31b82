import type { RegionRecord } from './document'

/** A rectangle in the pixels of the window; a `DOMRect` fits. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Where an object shows its regions; arrows between regions are drawn by it. */
export interface RegionView {
  /** Returns the boxes of a region in the window's pixels, the first one first; none while it is not shown. */
  boundsOf(region: RegionRecord): readonly Box[]
  /** Returns the part of the window in which regions can be seen. */
  frame(): Box
  /** Calls `listener` when regions may stand elsewhere though no region changed: scrolled, zoomed, turned. */
  subscribe(listener: () => void): () => void
}
