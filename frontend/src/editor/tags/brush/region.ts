import type { JsonObject } from '../../core/json'
import type { Mask } from '../../engines/canvas/masks/runs'

/** A painted mask: as it was read (`stored`) or as it was painted (`mask`). */
export type Brush =
  | { readonly stored: JsonObject; readonly mask: null }
  | { readonly stored: null; readonly mask: Mask }
