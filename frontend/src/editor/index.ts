import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { EditorShell } from './shell/EditorShell'
import type { EditorProps } from './shell/props'

export type { KeyMap } from './core/commands'
export type { ResultItem } from './core/document'
export type { Json, JsonObject } from './core/json'
export type { Problem } from './core/problems'
export type { EditorSettings } from './core/settings'
export * from './host'
export { EDITOR_NAMESPACE, editorResources } from './shell/i18n'
export { preloadPicture } from './tags/image/pictures'
export { loadTags } from './tags/registry'
export { type EditorProps, EditorShell }

/** An editor in a page. */
export interface EmbeddedEditor {
  /** Shows another task, or the same with other data. */
  update(props: EditorProps): void
  /** Sends what is unsent and removes the editor. */
  destroy(): void
}

/** Puts the editor into `element`; the page answers its wishes through `props.host`. */
export function createEditor(element: HTMLElement, props: EditorProps): EmbeddedEditor {
  const root = createRoot(element)
  const show = (next: EditorProps) => root.render(createElement(EditorShell, next))
  show(props)
  return { update: show, destroy: () => root.unmount() }
}
