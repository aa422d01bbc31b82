import { useSyncExternalStore } from 'react'
import type { Scene } from '../../engines/canvas/scene'
import { useEditor } from '../EditorContext'
import { SuggestionChoice } from '../SuggestionChoice'
import { useText } from '../useText'

/** Buttons to accept or reject each region that a model suggests, at its corner. */
export function SuggestionButtons({ scene }: { scene: Scene }) {
  const t = useText()
  const list = useEditor((e) => e.suggestions.list.get())
  useSyncExternalStore(
    (listener) => scene.viewport.camera.subscribe(listener),
    () => scene.viewport.camera.get(),
  )
  const shown = list.filter((region) => region.to === scene.content.object && scene.content.knows(region.family))
  const frame = shown.length > 0 ? scene.frame() : null
  if (!frame) return null
  return shown.map((region, at) => {
    const box = scene.boxOf(region)
    const left = Math.min(Math.max(box.left - frame.left + box.width, 0), frame.width - 64)
    const top = Math.min(Math.max(box.top - frame.top, 0), frame.height - 30)
    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid over the picture
      <div
        key={region.id}
        role="group"
        className="pe-suggestion"
        aria-label={t('image.suggestion', { number: at + 1 })}
        style={{ left, top }}
      >
        <SuggestionChoice region={region.id} />
      </div>
    )
  })
}
