import type { Editor } from '../../core/editor'
import { clickRegion } from '../../core/regionActions'
import { listenToKeys } from './keyboardSelection'
import { makeHandles } from './spanHandles'
import { labelSelection, type SpanSource, selectWithin } from './spanSource'
import type { SpanSurface } from './spanSurface'

export interface PointerParts {
  /** The element that holds the text. */
  readonly root: HTMLElement
  /** The positioned element around it, which takes the handles. */
  readonly frame: HTMLElement
  readonly editor: Editor
  readonly surface: SpanSurface
  readonly source: SpanSource
}

export interface SpanPointer {
  /** Puts the handles to the ends of the selected span. */
  place(): void
  destroy(): void
}

/** Follows pointer and selection on a text: selections make regions, clicks select them, handles move their ends. */
export function listenToSpans(parts: PointerParts): SpanPointer {
  const { root, editor, surface, source } = parts
  const view = root.ownerDocument.defaultView ?? window
  const handles = makeHandles(parts)
  const keys = listenToKeys(parts)
  let isDown = false
  // What is only suggested is no region yet.
  const regionsAt = (event: PointerEvent) => surface.idsAt(event).filter((id) => editor.store.region(id))

  const onDown = (event: PointerEvent) => {
    isDown = event.button === 0
  }
  // The selection may end outside of the text.
  const onUp = (event: PointerEvent) => {
    if (!isDown) return
    isDown = false
    if (event.button !== 0 || handles.isDragging()) return
    const isInside = root.contains(event.target as Node | null)
    // The browser sets the selection after the event.
    setTimeout(() => {
      const range = surface.selectedRange()
      if (!range) {
        if (isInside) clickAt(editor, regionsAt(event), event)
        return
      }
      if (source.node.attrs.selectionEnabled === 'false') return
      const wantsRegions = event.ctrlKey || event.metaKey
      if (!wantsRegions && labelSelection(editor, source, range)) view.getSelection()?.removeAllRanges()
      else selectWithin(editor, source, range)
    }, 0)
  }
  const onMove = (event: PointerEvent) => {
    if (handles.isDragging() || event.buttons !== 0) return
    const id = regionsAt(event).at(-1) ?? null
    root.classList.toggle('pe-text_over', id !== null)
    editor.hovered.set(id)
  }
  const onLeave = () => editor.hovered.set(null)
  root.addEventListener('pointerdown', onDown)
  view.addEventListener('pointerup', onUp)
  root.addEventListener('pointermove', onMove)
  root.addEventListener('pointerleave', onLeave)
  return {
    place: handles.place,
    destroy() {
      root.removeEventListener('pointerdown', onDown)
      view.removeEventListener('pointerup', onUp)
      root.removeEventListener('pointermove', onMove)
      root.removeEventListener('pointerleave', onLeave)
      handles.destroy()
      keys.destroy()
    },
  }
}

/** A click means the span on top, with Alt the one below the selected one. */
function clickAt(editor: Editor, ids: readonly string[], event: PointerEvent): void {
  const id = ids.at(-1)
  if (id === undefined) {
    if (editor.linkingFrom.get() === null) editor.selection.clear()
  } else if (event.altKey && editor.linkingFrom.get() === null) editor.selection.select([nextBelow(editor, ids)])
  else clickRegion(editor, id, event.ctrlKey || event.metaKey ? 'toggle' : 'only')
}

/** Returns the span below the selected one at a place; from the lowest on the topmost again. */
export function nextBelow(editor: Editor, ids: readonly string[]): string {
  const now = ids.findLastIndex((id) => editor.selection.has(id))
  return ids.at(now < 0 ? -1 : now - 1) as string
}
