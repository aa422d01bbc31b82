/** Keys that must be down together: modifiers in fixed order, then the others, as `ctrl+shift+z`. */
export type Combo = string

/** What a key event tells; a `KeyboardEvent` fits. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

const MODIFIERS = ['ctrl', 'shift', 'alt', 'meta'] as const
const ALIASES: Readonly<Record<string, string>> = {
  command: 'meta',
  cmd: 'meta',
  option: 'alt',
  control: 'ctrl',
  esc: 'escape',
  del: 'delete',
  return: 'enter',
  arrowup: 'up',
  arrowdown: 'down',
  arrowleft: 'left',
  arrowright: 'right',
  ' ': 'space',
  '+': 'plus',
  '-': 'minus',
}
const CODES: Readonly<Record<string, string>> = {
  Equal: 'plus',
  NumpadAdd: 'plus',
  Minus: 'minus',
  NumpadSubtract: 'minus',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backslash: '\\',
  BracketLeft: '[',
  BracketRight: ']',
  Semicolon: ';',
  Quote: "'",
  Space: 'space',
}
const SHOWN: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  meta: '⌘',
  escape: 'Esc',
  enter: 'Enter',
  space: 'Space',
  plus: '+',
  minus: '−',
  backspace: 'Backspace',
  delete: 'Del',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
}

const normal = (key: string): string => {
  const lower = key.toLowerCase()
  return ALIASES[lower] ?? lower
}

/** Returns the combinations in a hotkey text: keys joined by `+`, alternatives by comma (`,` alone is the key). */
export function parseHotkey(text: string): Combo[] {
  const parts = text.trim() === ',' ? [','] : text.split(/,(?=.)/)
  return parts.map((part) => toCombo(part.trim())).filter((combo) => combo !== '')
}

function toCombo(text: string): Combo {
  const keys = (text === '+' ? ['plus'] : text.split('+')).map((key) => normal(key.trim())).filter((key) => key !== '')
  const modifiers = MODIFIERS.filter((modifier) => keys.includes(modifier))
  const others = keys.filter((key) => !(MODIFIERS as readonly string[]).includes(key)).sort()
  return [...modifiers, ...others].join('+')
}

/** Returns the names a pressed key may go by: what it types, and what stands on it. */
function namesOf(press: KeyPress): string[] {
  const names = new Set<string>()
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1]
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1]
  const typed = normal(press.key)
  if (digit) names.add(digit)
  if (!/^[^\x20-\x7e]$/.test(typed)) names.add(typed)
  // Alt changes what a letter types, on a Mac always.
  else if (letter) names.add(letter.toLowerCase())
  const named = CODES[press.code]
  if (named) names.add(named)
  return [...names]
}

/** Follows which keys are down and tells which combinations a key press completes. */
export class KeyTracker {
  private readonly held = new Map<string, readonly string[]>()

  /** Returns the combinations that this press completes, the ones with most keys first. */
  press(press: KeyPress): Combo[] {
    const names = namesOf(press)
    const modifiers = [
      press.ctrlKey && 'ctrl',
      press.shiftKey && 'shift',
      press.altKey && 'alt',
      press.metaKey && 'meta',
    ]
    const prefix = modifiers.filter((name): name is string => typeof name === 'string')
    const isModifier = /^(Control|Shift|Alt|Meta)/.test(press.key)
    if (isModifier) return []
    const others = [...this.held].filter(([code]) => code !== press.code).map(([, held]) => held[0] as string)
    this.held.set(press.code, names)
    const joined = others.length === 0 ? [] : names.map((name) => [...prefix, ...[...others, name].sort()].join('+'))
    return [...joined, ...names.map((name) => [...prefix, name].join('+'))]
  }

  /** Notes that a key went up. While ⌘ is down, a Mac does not tell of other keys going up. */
  release(press: KeyPress): void {
    if (press.key === 'Meta') this.held.clear()
    else this.held.delete(press.code)
  }

  /** Forgets all keys, as when the window loses the focus. */
  clear(): void {
    this.held.clear()
  }
}

/** Returns how a hotkey is written in the interface; the first alternative only. */
export function showHotkey(text: string, isMac = false): string {
  const combo = parseHotkey(text)[0] ?? ''
  const names = combo.split('+').map((key) => SHOWN[key] ?? (key.length === 1 ? key.toUpperCase() : key))
  if (!isMac) return names.join('+')
  const mac: Readonly<Record<string, string>> = { Ctrl: '⌃', Shift: '⇧', Alt: '⌥' }
  return names.map((name) => mac[name] ?? name).join('')
}
