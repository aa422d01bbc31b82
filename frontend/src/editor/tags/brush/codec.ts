import { isList, type Json, type JsonObject } from '../../core/json'
import type { RegionCodec } from '../../core/region'
import { encodeRle } from '../../engines/canvas/masks/rle'
import type { Brush } from './region'

const KEYS = ['format', 'rle', 'touches', 'maskDataURL']

const isBytes = (value: Json | undefined): boolean =>
  isList(value) && value.every((byte) => typeof byte === 'number' && byte >= 0 && byte <= 255 && Number.isInteger(byte))

const written = new WeakMap<Brush, JsonObject>()

/**
 * Reads and writes painted masks (results of Brush, BrushLabels and MagicWand).
 *
 * What was read is kept as it is, and becomes pixels only when it is drawn; drafts of Label Studio hold strokes instead.
 */
export const brushCodec: RegionCodec<Brush> = {
  family: 'brush',
  keys: KEYS,
  decode(value) {
    if (value.format !== undefined && value.format !== 'rle') return null
    const hasStrokes = isList(value.touches) || typeof value.maskDataURL === 'string'
    if (value.rle === undefined ? !hasStrokes : !isBytes(value.rle)) return null
    return { stored: Object.fromEntries(KEYS.flatMap((key) => (key in value ? [[key, value[key]]] : []))), mask: null }
  },
  encode(shape) {
    if (!shape.mask) return shape.stored
    const known = written.get(shape)
    if (known) return known
    const value = { format: 'rle', rle: encodeRle(shape.mask) }
    written.set(shape, value)
    return value
  },
}
