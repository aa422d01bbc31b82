import type { Hotkeys } from '@/api/queries/tokens'
import { parseHotkey } from '@/editor/core/hotkeys'

export interface HotkeyAction {
  readonly id: string
  readonly key: string
}

interface Press {
  key: string
  ctrlKey: boolean
  shiftKey: boolean
  altKey: boolean
  metaKey: boolean
}

const NAMES: Record<string, string> = { ' ': 'space', '+': 'plus', ',': ',' }

/** Returns the combination that was pressed; null while only modifiers are down. */
export const comboOf = (press: Press): string | null => {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'].includes(press.key)) return null
  const key = NAMES[press.key] ?? press.key.toLowerCase().replace(/^arrow/, '')
  const parts = [
    press.ctrlKey && 'ctrl',
    press.shiftKey && 'shift',
    press.altKey && 'alt',
    press.metaKey && 'meta',
    key,
  ]
  return parts.filter((part) => part !== false).join('+')
}

export const keyOf = (action: HotkeyAction, own: Hotkeys): string => own[action.id]?.key ?? action.key

/** Returns, for each act whose key another act has too, that other act. */
export const conflictsIn = (actions: readonly HotkeyAction[], own: Hotkeys): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const one of actions) {
    const combos = parseHotkey(keyOf(one, own))
    const other = actions.find(
      (action) => action !== one && parseHotkey(keyOf(action, own)).some((combo) => combos.includes(combo)),
    )
    if (other) found[one.id] = other.id
  }
  return found
}
