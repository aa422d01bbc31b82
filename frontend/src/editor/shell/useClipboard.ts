import { useEffect } from 'react'
import type { Editor } from '../core/editor'
import { isObject, type Json } from '../core/json'
import { copiedItems, deleteRegions, pasteItems } from '../core/regionActions'

/** Copies, cuts and pastes regions by the system clipboard, unless text is selected or typed. */
export function useClipboard(editor: Editor): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (isText(event) || editor.selection.get().size === 0) return
      event.clipboardData?.setData('application/json', JSON.stringify(copiedItems(editor)))
      event.preventDefault()
      if (event.type === 'cut') deleteRegions(editor, editor.selection.get())
    }
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('application/json')
      if (isText(event) || !text) return
      const list = parseList(text)
      if (list) pasteInto(editor, list)
      event.preventDefault()
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', copy)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', copy)
      document.removeEventListener('paste', paste)
    }
  }, [editor])
}

/** Adds the regions of a result list and says what was left out, and why. */
export function pasteInto(editor: Editor, list: readonly Json[]): void {
  if (editor.isReadonly) {
    editor.tell('clipboard.readonly', 'warning')
    return
  }
  const items = list.filter(isObject).filter((item) => item.type !== 'relation')
  const wanted = new Set(items.map((item) => item.id)).size
  const count = pasteItems(editor, list)
  if (wanted <= count) return
  const names = [...new Set(items.map((item) => String(item.from_name)))].filter(
    (name) => !editor.config.controls.has(name),
  )
  const left = { count: wanted - count, names: names.join(', ') }
  editor.tell(names.length > 0 ? 'clipboard.noControl' : 'clipboard.noPlace', 'warning', left)
}

const isText = (event: Event): boolean =>
  (event.target instanceof Element && event.target.matches('input, textarea, [contenteditable=true]')) ||
  (event.type !== 'paste' && window.getSelection()?.isCollapsed === false)

function parseList(text: string): Json[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? (value as Json[]) : null
  } catch {
    return null
  }
}
