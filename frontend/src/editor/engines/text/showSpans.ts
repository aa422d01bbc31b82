import type { Editor } from '../../core/editor'
import type { Box } from '../../core/regionView'
import { provideView } from '../../core/views'
import { listenToSpans } from './spanPointer'
import { type SpanSource, spanReader } from './spanSource'
import type { SpanSurface, SurfaceOptions } from './spanSurface'

export interface ShownSpans {
  readonly editor: Editor
  readonly source: SpanSource
  readonly surface: SpanSurface
  readonly root: HTMLElement
  readonly frame: HTMLElement
  readonly options: SurfaceOptions
  /** Where the document of the text begins in the window. */
  readonly origin?: () => { readonly left: number; readonly top: number }
  /** Called with a region of this text that became the only selected one. */
  readonly onReveal?: (id: string) => void
}

export interface SpanDisplay {
  /** Draws everything anew in the next frame. */
  redraw(): void
  destroy(): void
}

/** Keeps the highlights of a text as the annotation is, and lets people make, select and change spans. */
export function showSpans(shown: ShownSpans): SpanDisplay {
  const { editor, source, surface, root, frame, options, origin } = shown
  const object = source.node.attrs.name ?? ''
  const readSpans = spanReader(editor, source, options.showsLabels)
  let waiting = 0
  const draw = () => {
    waiting = 0
    surface.update(readSpans(), options)
    pointer.place()
  }
  const redraw = () => {
    waiting ||= requestAnimationFrame(draw)
  }
  const pointer = listenToSpans({ root, frame, editor, surface, source })
  let revealed: string | null = null
  const follow = () => {
    const only = editor.selection.only()
    if (only !== revealed && only !== null && editor.store.region(only)?.to === object) {
      shown.onReveal?.(only)
      surface.reveal(only)
    }
    revealed = only
    redraw()
  }
  draw()
  const end = editor.subscribe(follow)
  const inWindow = ({ left, top, width, height }: Box): Box => {
    const { left: x, top: y } = origin?.() ?? { left: 0, top: 0 }
    return { left: left + x, top: top + y, width, height }
  }
  const endView = provideView(editor, object, {
    boundsOf: (region) => surface.boxesOf(region.id).map(inWindow),
    frame: () => inWindow(root.getBoundingClientRect()),
    subscribe: () => () => {},
  })
  return {
    redraw,
    destroy() {
      end()
      endView()
      pointer.destroy()
      cancelAnimationFrame(waiting)
    },
  }
}
