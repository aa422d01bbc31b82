import { useSyncExternalStore } from 'react'
import type { Observable } from '../../core/observable'
import type { BrushSizes } from '../../engines/canvas/stage'
import { useText } from '../useText'
import { MOST_BRUSH } from './imageCommands'

/** How large brush or eraser are. */
export function BrushSize({ sizes, part }: { sizes: Observable<BrushSizes>; part: keyof BrushSizes }) {
  const t = useText()
  const size = useSyncExternalStore(
    (listener) => sizes.subscribe(listener),
    () => sizes.get()[part],
  )
  return (
    <label className="pe-slider" title={`${t('image.brushSize')}: ${size} px ([ ])`}>
      <span className="pe-hidden">{t('image.brushSize')}</span>
      <span aria-hidden="true">{size}</span>
      <input
        type="range"
        min={1}
        max={MOST_BRUSH}
        value={size}
        onChange={(event) => sizes.update((all) => ({ ...all, [part]: Number(event.target.value) }))}
      />
    </label>
  )
}
