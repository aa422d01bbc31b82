import type { Mark } from '../../core/history'
import { isEditable, reshape } from '../../core/regionActions'
import { isRightToLeft } from './bidi'
import { toUnits } from './granularity'
import type { PointerParts } from './spanPointer'
import { granularityOf, rangeOf } from './spanSource'

export interface SpanHandles {
  place(): void
  isDragging(): boolean
  destroy(): void
}

/** Makes the two handles with which the ends of the selected span are moved. */
export function makeHandles({ root, frame, editor, surface, source }: PointerParts): SpanHandles {
  const owner = root.ownerDocument
  const view = owner.defaultView ?? window
  const edges = (['start', 'end'] as const).map((edge) => {
    const element = owner.createElement('span')
    element.className = `pe-edge pe-edge_${edge}`
    element.hidden = true
    frame.append(element)
    return { edge, element }
  })
  let drag: { edge: 'start' | 'end'; mark: Mark } | null = null

  const selected = () => {
    const id = editor.selection.only()
    const region = id === null ? undefined : editor.store.region(id)
    const range = region ? rangeOf(source, region) : null
    return region && range ? { region, ...range } : null
  }
  const place = () => {
    const now = selected()
    const isShown = now !== null && isEditable(editor, now.region) && !editor.session.hidden.get().has(now.region.id)
    const origin = isShown ? frame.getBoundingClientRect() : null
    for (const { edge, element } of edges) {
      const box = isShown ? surface.edgeOf(now, edge) : null
      element.hidden = !box
      if (!box || !origin || !now) continue
      const isLeft = (edge === 'start') !== isRightToLeft(source.text, edge === 'start' ? now.start : now.end - 1)
      element.style.left = `${(isLeft ? box.left : box.right) - origin.left + frame.scrollLeft}px`
      element.style.top = `${box.top - origin.top + frame.scrollTop}px`
      element.style.height = `${box.height}px`
    }
  }
  const move = (event: PointerEvent) => {
    const now = selected()
    const offset = drag && surface.offsetAt(event.clientX, event.clientY)
    if (!drag || !now || offset === null) return
    const raw = drag.edge === 'start' ? { start: offset, end: now.end } : { start: now.start, end: offset }
    if (raw.start >= raw.end) return
    const range = toUnits(source.text, raw, granularityOf(editor, source))
    if (range) reshape(editor, now.region.id, source.toShape(range))
  }
  const up = () => {
    drag = null
    root.classList.remove('pe-text_dragging')
  }
  for (const { edge, element } of edges) {
    element.addEventListener('pointerdown', (event) => {
      event.preventDefault()
      event.stopPropagation()
      drag = { edge, mark: editor.mark('span end') }
      root.classList.add('pe-text_dragging')
    })
  }
  const cancel = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !drag) return
    editor.rollback(drag.mark)
    up()
  }
  view.addEventListener('pointermove', move)
  view.addEventListener('pointerup', up)
  view.addEventListener('keydown', cancel, true)
  view.addEventListener('resize', place)
  return {
    place,
    isDragging: () => drag !== null,
    destroy() {
      view.removeEventListener('pointermove', move)
      view.removeEventListener('pointerup', up)
      view.removeEventListener('keydown', cancel, true)
      view.removeEventListener('resize', place)
      for (const { element } of edges) element.remove()
    },
  }
}
