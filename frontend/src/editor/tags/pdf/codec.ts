import { type Json, numberOf } from '../../core/json'
import type { RegionCodec } from '../../core/region'

/** A box on a page of a document, in fractions of the page; turned about its top left corner. */
export interface PageBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly rotation: number
  /** From 1. */
  readonly pageIndex: number
  /** The words in the box; anything else that was stored there stays as it is. */
  readonly ocrtext?: Json
}

/** Reads and writes boxes on pages. */
export const pageBoxCodec: RegionCodec<PageBox> = {
  family: 'ocr',
  keys: ['x', 'y', 'width', 'height', 'rotation', 'pageIndex', 'ocrtext'],
  fields: [],
  decode(value) {
    const [x, y, width, height] = [value.x, value.y, value.width, value.height].map(numberOf)
    const pageIndex = numberOf(value.pageIndex)
    if (x == null || y == null || width == null || height == null || pageIndex === null) return null
    const box = { x, y, width, height, rotation: numberOf(value.rotation) ?? 0, pageIndex }
    return value.ocrtext === undefined ? box : { ...box, ocrtext: value.ocrtext }
  },
  encode: ({ ocrtext, ...box }) => (ocrtext === undefined ? { ...box } : { ...box, ocrtext }),
}
