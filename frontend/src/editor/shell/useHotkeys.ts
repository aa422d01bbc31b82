import { useLayoutEffect } from 'react'
import { type Command, findCommand, type KeyMap } from '../core/commands'
import { KeyTracker } from '../core/hotkeys'
import type { Observable } from '../core/observable'

interface HotkeyOptions {
  readonly commands: Observable<readonly Command[]>
  readonly keyMap: KeyMap | undefined
  readonly isMac: boolean
  readonly scope: { readonly current: string }
  readonly isPaused: () => boolean
}

const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable=true]'

const SIDEWAYS = 'input[type=radio], input[type=range], [role=tab], [role=option]'

/** Runs commands by their keys while the page is open. */
export function useHotkeys({ commands, keyMap, isMac, scope, isPaused }: HotkeyOptions): void {
  useLayoutEffect(() => {
    const tracker = new KeyTracker()
    const down = (event: KeyboardEvent) => {
      const combos = tracker.press(event)
      if (event.defaultPrevented || event.isComposing || isPaused()) return
      const target = event.composedPath()[0]
      const isTyping = target instanceof Element && target.matches(TYPING)
      const command = findCommand(commands.get(), combos, { keyMap, isMac, scope: scope.current, isTyping })
      if (!command || isForControl(target, event)) return
      event.preventDefault()
      command.run()
    }
    const up = (event: KeyboardEvent) => tracker.release(event)
    const clear = () => tracker.clear()
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', clear)
    return () => {
      window.removeEventListener('keydown', down)
      window.removeEventListener('keyup', up)
      window.removeEventListener('blur', clear)
    }
  }, [commands, keyMap, isMac, scope, isPaused])
}

/**
 * Tells whether a key is for the control that has the focus: Enter and space press a button; arrows belong to radio buttons,
 * sliders and lists. A tree takes the arrows to the side only where it folds (and says so): else they move the region.
 */
export function isForControl(target: EventTarget | undefined, event: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.key === 'Enter' || event.key === ' ')
    return target.matches('button, a, summary, [role=option], input[type=checkbox], input[type=radio]')
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') return target.matches(`${SIDEWAYS}, [role=treeitem]`)
  return event.key.startsWith('Arrow') && target.matches(SIDEWAYS)
}
