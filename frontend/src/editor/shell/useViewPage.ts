import { useEffect } from 'react'
import type { Editor } from '../core/editor'
import type { TagNode } from '../core/taskConfig'
import type { EditorHost } from '../host'

const pagedRepeater = (editor: Editor): TagNode | undefined =>
  editor.config.nodes.find(({ tag, attrs }) => tag === 'Repeater' && attrs.mode === 'pagination')

/** Shows this page of the config's Repeater, counted from 1; one beyond the last shows that. */
export function openPage(editor: Editor, page: number): void {
  const node = pagedRepeater(editor)
  if (node) editor.pages.update((pages) => new Map(pages).set(node.key, Math.max(0, page - 1)))
}

/** Tells the page around which page of the Repeater is shown, from the beginning on. */
export function useViewPage(editor: Editor, host: EditorHost): void {
  useEffect(() => {
    const node = pagedRepeater(editor)
    if (!node) return
    let told = -1
    const tell = () => {
      const page = editor.pageOf(node.key)
      if (page === told) return
      told = page
      host.onViewPage?.(page + 1)
    }
    tell()
    return editor.pages.subscribe(tell)
  }, [editor, host])
}
