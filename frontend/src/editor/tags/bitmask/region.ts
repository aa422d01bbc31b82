import type { Mask } from '../../engines/canvas/masks/runs'

/** A painted mask: as it was read (`url`, a picture as a data URL) or as it was painted (`mask`). */
export type Bitmask = { readonly url: string; readonly mask: null } | { readonly url: null; readonly mask: Mask }
