import type { Editor } from '../../core/editor'
import type { Mark } from '../../core/history'
import { clickRegion, isEditable, reshape } from '../../core/regionActions'
import { toUnits } from '../../engines/text/granularity'
import type { TextSurface } from '../../engines/text/surface'
import type { TextSpan } from './codec'
import { granularityOf, labelSelection, type SpanSource, toSpan } from './spanActions'

interface Parts {
  readonly root: HTMLElement
  readonly editor: Editor
  readonly surface: TextSurface
  readonly source: SpanSource
}

export interface TextPointer {
  /** Puts the handles to the ends of the selected span. */
  place(): void
  destroy(): void
}

/** Follows pointer and selection on a text: selections make regions, clicks select them, handles move their ends. */
export function listenToText(parts: Parts): TextPointer {
  const { root, editor, surface, source } = parts
  const handles = makeHandles(parts)

  const onUp = (event: PointerEvent) => {
    if (event.button !== 0 || handles.isDragging()) return
    // The browser sets the selection after the event.
    setTimeout(() => {
      const range = surface.selectedRange()
      if (!range) {
        if (event.target instanceof Element) clickAt(editor, event)
        return
      }
      if (source.node.attrs.selectionEnabled === 'false') return
      const wantsRegions = event.ctrlKey || event.metaKey
      if (!wantsRegions && labelSelection(editor, source, range)) window.getSelection()?.removeAllRanges()
      else selectWithin(parts, range)
    }, 0)
  }
  const onMove = (event: PointerEvent) => {
    if (handles.isDragging() || event.buttons !== 0) return
    const ids = idsAt(event)
    editor.hovered.set(ids[ids.length - 1] ?? null)
  }
  const onLeave = () => editor.hovered.set(null)
  root.addEventListener('pointerup', onUp)
  root.addEventListener('pointermove', onMove)
  root.addEventListener('pointerleave', onLeave)
  return {
    place: handles.place,
    destroy() {
      root.removeEventListener('pointerup', onUp)
      root.removeEventListener('pointermove', onMove)
      root.removeEventListener('pointerleave', onLeave)
      handles.destroy()
    },
  }
}

const idsAt = (event: Event): string[] => {
  const mark = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-spans]') : null
  return mark?.dataset.spans?.split(' ') ?? []
}

/** The spans of a mark are in order of their beginning; the last one lies on top. */
function clickAt(editor: Editor, event: PointerEvent): void {
  const ids = idsAt(event)
  const id = ids[ids.length - 1]
  if (id === undefined) {
    if (editor.linkingFrom.get() === null) editor.selection.clear()
  } else clickRegion(editor, id, event.ctrlKey || event.metaKey ? 'toggle' : 'only')
}

/** Without an active label, a selection takes the regions inside it. */
function selectWithin({ editor, source }: Parts, range: { start: number; end: number }): void {
  const { points, node } = source
  const inside = editor.store.regions().filter((region) => {
    if (region.to !== node.attrs.name || region.family !== 'text') return false
    const { start, end } = region.shape as TextSpan
    return points.toUnits(start) >= range.start && points.toUnits(end) <= range.end
  })
  if (inside.length > 0) editor.selection.select(inside.map((region) => region.id))
}

function makeHandles({ root, editor, surface, source }: Parts) {
  const frame = root.parentElement ?? root
  const edges = (['start', 'end'] as const).map((edge) => {
    const element = document.createElement('span')
    element.className = `pe-edge pe-edge_${edge}`
    element.hidden = true
    frame.append(element)
    return { edge, element }
  })
  let drag: { edge: 'start' | 'end'; mark: Mark } | null = null

  const selected = () => {
    const id = editor.selection.only()
    const region = id === null ? undefined : editor.store.region(id)
    if (!region || region.to !== source.node.attrs.name || region.family !== 'text') return null
    const { start, end } = region.shape as TextSpan
    return { region, start: source.points.toUnits(start), end: source.points.toUnits(end) }
  }
  const place = () => {
    const now = selected()
    const isShown = now !== null && isEditable(editor, now.region)
    const origin = frame.getBoundingClientRect()
    for (const { edge, element } of edges) {
      const box = isShown ? surface.edgeOf(now, edge) : null
      element.hidden = !box
      if (!box) continue
      element.style.left = `${(edge === 'start' ? box.left : box.right) - origin.left + frame.scrollLeft}px`
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
    const range = toUnits(source.text, raw, granularityOf(editor, source.node))
    if (range) reshape(editor, now.region.id, toSpan(source, range))
  }
  const up = () => {
    drag = null
    root.classList.remove('pe-text_dragging')
  }
  for (const { edge, element } of edges) {
    element.addEventListener('pointerdown', (event) => {
      event.preventDefault()
      drag = { edge, mark: editor.mark('span end') }
      root.classList.add('pe-text_dragging')
    })
  }
  const cancel = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !drag) return
    editor.rollback(drag.mark)
    up()
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', up)
  window.addEventListener('keydown', cancel, true)
  window.addEventListener('resize', place)
  return {
    place,
    isDragging: () => drag !== null,
    destroy() {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('keydown', cancel, true)
      window.removeEventListener('resize', place)
      for (const { element } of edges) element.remove()
    },
  }
}
