import type { RegionRecord } from './document'
import type { Editor } from './editor'
import type { Box, RegionView } from './regionView'

/** Tells the editor how an object shows its regions; returns how to take it back. */
export function provideView(editor: Editor, object: string, view: RegionView): () => void {
  editor.views.update((views) => new Map(views).set(object, view))
  return () => {
    if (editor.views.get().get(object) !== view) return
    editor.views.update((views) => {
      const rest = new Map(views)
      rest.delete(object)
      return rest
    })
  }
}

/** Returns the boxes of a region in the window's pixels; none if it is hidden, on another page or not drawn. */
export function boundsOf(editor: Editor, region: RegionRecord): readonly Box[] {
  if (editor.session.hidden.get().has(region.id)) return []
  return editor.views.get().get(region.to)?.boundsOf(region) ?? []
}
