import type { RegionCodec } from '../../core/region'
import { toDataUrl } from '../../engines/canvas/masks/png'
import type { Bitmask } from './region'

const written = new WeakMap<Bitmask, string>()

/** Reads and writes masks that are stored as pictures (results of Bitmask and BitmaskLabels). */
export const bitmaskCodec: RegionCodec<Bitmask> = {
  family: 'bitmask',
  keys: ['imageDataURL'],
  decode({ imageDataURL }) {
    return typeof imageDataURL === 'string' && imageDataURL.startsWith('data:')
      ? { url: imageDataURL, mask: null }
      : null
  },
  encode(shape) {
    if (!shape.mask) return { imageDataURL: shape.url }
    const url = written.get(shape) ?? toDataUrl(shape.mask)
    written.set(shape, url)
    return { imageDataURL: url }
  },
}
