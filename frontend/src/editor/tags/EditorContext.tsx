import { createContext, type ReactNode, useCallback, useContext, useRef, useSyncExternalStore } from 'react'
import type { Command } from '../core/commands'
import type { Editor } from '../core/editor'
import type { TagNode } from '../core/taskConfig'
import type { CanvasParts } from './tag'

/** What every part of the editor's page can reach. */
export interface EditorScope {
  readonly editor: Editor
  /** Returns how families of regions are drawn on a canvas, at once if the code is here. */
  readonly loadCanvas: (families: Iterable<string>) => CanvasParts | Promise<CanvasParts>
  /** Hotkey of every label, choice and rating, by the key of its tag. */
  readonly labelKeys: ReadonlyMap<string, string>
  /** Offers commands while a part of the page is there; returns how to take them back. */
  readonly addCommands: (commands: readonly Command[]) => () => void
  /** Tells which object was used last: its commands win where keys are shared. */
  readonly setScope: (scope: string) => void
  readonly renderTag: (node: TagNode) => ReactNode
}

const Context = createContext<EditorScope | null>(null)

export const EditorProvider = Context.Provider

/** Returns what the page around offers. */
export function useEditorScope(): EditorScope {
  const scope = useContext(Context)
  if (!scope) throw new Error('This part of the editor stands outside of it.')
  return scope
}

/** Returns what `select` reads from the editor; renders anew only when that changes. */
export function useEditor<T>(select: (editor: Editor) => T, isSame: (a: T, b: T) => boolean = Object.is): T {
  const { editor } = useEditorScope()
  const last = useRef<{ value: T } | null>(null)
  const read = useCallback(() => {
    const value = select(editor)
    if (last.current && isSame(last.current.value, value)) return last.current.value
    last.current = { value }
    return value
  }, [editor, select, isSame])
  return useSyncExternalStore(
    useCallback((listener) => editor.subscribe(listener), [editor]),
    read,
  )
}

/** Compares lists by their entries. */
export const sameList = <T,>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((entry, at) => Object.is(entry, b[at]))
