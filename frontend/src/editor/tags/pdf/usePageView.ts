import { type RefObject, useEffect } from 'react'
import { provideView } from '../../core/views'
import { useEditorScope } from '../EditorContext'
import { type PageBox, pageBoxCodec } from './codec'

/** Tells where the boxes of a document stand, and turns to the page of the selected one. */
export function usePageView(object: string, pages: RefObject<HTMLElement | null>, isReady: boolean): void {
  const { editor } = useEditorScope()
  useEffect(() => {
    const root = pages.current
    if (!root || !isReady) return
    const elementOf = (id: string) => root.querySelector(`[data-region="${CSS.escape(id)}"]`)
    const end = provideView(editor, object, {
      boundsOf: (region) => [elementOf(region.id)?.getBoundingClientRect()].flatMap((box) => box ?? []),
      frame: () => root.getBoundingClientRect(),
      subscribe: (listener) => {
        root.addEventListener('scroll', listener, { passive: true })
        return () => root.removeEventListener('scroll', listener)
      },
    })
    let shown: string | null = null
    const follow = () => {
      const only = editor.selection.only()
      if (only === shown) return
      shown = only
      const region = only === null ? undefined : editor.store.region(only)
      if (region?.to !== object || region.family !== pageBoxCodec.family) return
      const page = root.querySelector(`[data-page="${(region.shape as PageBox).pageIndex}"]`)
      const target = elementOf(region.id) ?? page
      if (target && !boundsIn(root, target)) target.scrollIntoView({ block: 'center' })
    }
    const endFollow = editor.subscribe(follow)
    follow()
    return () => {
      end()
      endFollow()
    }
  }, [editor, object, pages, isReady])
}

/** Tells whether an element can be seen wholly in the part of the window that another one takes. */
function boundsIn(root: Element, element: Element): boolean {
  const [around, box] = [root.getBoundingClientRect(), element.getBoundingClientRect()]
  return box.top >= around.top && box.bottom <= around.bottom
}
