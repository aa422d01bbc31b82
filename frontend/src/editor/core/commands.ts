import { type Combo, parseHotkey } from './hotkeys'

/** Something a person can do. The tool bar, hotkeys, the palette and the help page read the same list. */
export interface Command {
  /** Name in key maps, as `annotation:submit`. */
  readonly id: string
  /** Key of the title among the texts, or the title itself when `isLiteral`. */
  readonly title: string
  readonly isLiteral?: boolean
  readonly group: CommandGroup
  readonly hotkey?: string
  readonly mac?: string
  /** Objects that share keys are told apart by scope; `''` is the whole editor. */
  readonly scope?: string
  /** Works while an input has the focus. */
  readonly worksInInputs?: boolean
  /** Not shown in the palette and the help. */
  readonly isHidden?: boolean
  isEnabled(): boolean
  run(): void
}

export type CommandGroup = 'annotation' | 'region' | 'label' | 'tool' | 'view' | 'text'

/** Own keys for commands: `{"annotation:submit": {"key": "ctrl+enter", "mac": "command+enter"}}`. */
export type KeyMap = Readonly<Record<string, { readonly key?: string; readonly mac?: string } | undefined>>

/** Returns the hotkey text of a command for this platform. */
export function hotkeyOf(command: Command, keyMap: KeyMap = {}, isMac = false): string {
  const own = keyMap[command.id]
  const key = own?.key ?? command.hotkey ?? ''
  return isMac ? (own?.mac ?? (own?.key === undefined ? command.mac : undefined) ?? key) : key
}

/** Returns the combinations of a command for this platform. */
export const combosOf = (command: Command, keyMap: KeyMap = {}, isMac = false): Combo[] =>
  parseHotkey(hotkeyOf(command, keyMap, isMac))

/** Two commands of one scope that want the same keys. */
export interface Conflict {
  readonly combo: Combo
  readonly commands: readonly [string, string]
}

/** Returns the conflicts among commands that may be enabled at the same time. */
export function findConflicts(commands: readonly Command[], keyMap: KeyMap = {}, isMac = false): Conflict[] {
  const taken = new Map<string, Command>()
  const conflicts: Conflict[] = []
  for (const command of commands) {
    for (const combo of combosOf(command, keyMap, isMac)) {
      const place = `${command.scope ?? ''} ${combo}`
      const other = taken.get(place)
      if (other) conflicts.push({ combo, commands: [other.id, command.id] })
      else taken.set(place, command)
    }
  }
  return conflicts
}

/**
 * Returns the command that a completed combination runs: enabled, in the object used last if several claim the key,
 * longest combination first.
 */
export function findCommand(
  commands: readonly Command[],
  combos: readonly Combo[],
  context: { readonly keyMap?: KeyMap; readonly isMac?: boolean; readonly scope?: string; readonly isTyping?: boolean },
): Command | null {
  for (const combo of combos) {
    const found = commands.filter(
      (command) =>
        (!context.isTyping || command.worksInInputs) &&
        combosOf(command, context.keyMap, context.isMac).includes(combo) &&
        command.isEnabled(),
    )
    const first = found.find((command) => command.scope && command.scope === context.scope) ?? found[0]
    if (first) return first
  }
  return null
}
