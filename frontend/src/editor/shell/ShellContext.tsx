import { createContext, useCallback, useContext, useState, useSyncExternalStore } from 'react'
import type { Command } from '../core/commands'
import type { RecordId } from '../core/document'
import type { Observable } from '../core/observable'
import type { Controller } from './controller'
import type { EditorProps } from './props'

export type Overlay = 'help' | 'palette' | 'settings' | 'instructions' | null

/** What the parts of the shell share. */
export interface Shell {
  /** Differs for every task that is opened. */
  readonly taskKey: number
  readonly controller: Controller
  readonly props: EditorProps
  readonly commands: Observable<readonly Command[]>
  readonly overlay: Observable<Overlay>
  /** The link under the pointer in the list; its arrow is shown strongly. */
  readonly hoveredLink: Observable<RecordId | null>
  readonly isMac: boolean
  /** Tells whether a part of the page is wanted (`editor.md` E2). */
  readonly has: (part: string) => boolean
}

const Context = createContext<Shell | null>(null)

export const ShellProvider = Context.Provider

/** Returns what the parts of the shell share. */
export function useShell(): Shell {
  const shell = useContext(Context)
  if (!shell) throw new Error('This part of the editor stands outside of its shell.')
  return shell
}

/** Returns an observable's value and follows it. */
export const useObservable = <T,>(observable: Observable<T>): T =>
  useSyncExternalStore(
    (listener) => observable.subscribe(listener),
    () => observable.get(),
  )

/** State of a part of the page that stays while tasks come and go; it begins anew with each of them. */
export function useTaskState<T>(initial: T): [T, (change: T | ((now: T) => T)) => void] {
  const { taskKey } = useShell()
  const [held, setHeld] = useState({ taskKey, value: initial })
  const [first] = useState(initial)
  const set = useCallback(
    (change: T | ((now: T) => T)) =>
      setHeld((old) => {
        const now = old.taskKey === taskKey ? old.value : first
        return { taskKey, value: typeof change === 'function' ? (change as (now: T) => T)(now) : change }
      }),
    [taskKey, first],
  )
  return [held.taskKey === taskKey ? held.value : first, set]
}
