import type { RegionRecord } from './document'

/** A rectangle in the pixels of the window; a `DOMRect` fits. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What a picture shows, told so that a view of another size can show the same. */
export interface Look {
  /** How much larger than at first. */
  readonly zoom: number
  /** The place in the middle of the view, in shares of the picture's width and height. */
  readonly x: number
  readonly y: number
  readonly turn: 0 | 90 | 180 | 270
}

/** What may be led by another view of the same picture. */
export interface ViewCamera {
  look(): Look
  /** Shows the same; nobody is told when nothing changes by it. */
  show(look: Look): void
  subscribe(listener: () => void): () => void
}

/** Where an object shows its regions; arrows between regions are drawn by it. */
export interface RegionView {
  /** Returns the boxes of a region in the window's pixels, the first one first; none while it is not shown. */
  boundsOf(region: RegionRecord): readonly Box[]
  /** Returns the part of the window in which regions can be seen. */
  frame(): Box
  /** Calls `listener` when regions may stand elsewhere though no region changed: scrolled, zoomed, turned. */
  subscribe(listener: () => void): () => void
  /** Where the object can be zoomed. */
  readonly camera?: ViewCamera
}
