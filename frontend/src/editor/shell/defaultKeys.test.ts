import { describe, expect, it } from 'vitest'
import { type Command, combosOf, findConflicts } from '../core/commands'
import { parseHotkey } from '../core/hotkeys'
import { Observable } from '../core/observable'
import { beginWork } from '../testing/beginWork'
import type { Overlay } from './ShellContext'
import { shellCommands } from './shellCommands'

/** Names and keys that key maps of the field use; who comes from there finds them again. */
const KEYS: [id: string, key: string, mac?: string][] = [
  ['annotation:submit', 'ctrl+enter', 'command+enter'],
  ['annotation:skip', 'ctrl+space', 'alt+enter'],
  ['annotation:undo', 'ctrl+z', 'command+z'],
  ['annotation:redo', 'ctrl+shift+z', 'command+shift+z'],
  ['region:delete-all', 'ctrl+backspace', 'command+backspace'],
  ['region:focus', 'enter'],
  ['region:relation', 'alt+r'],
  ['region:visibility', 'alt+h'],
  ['region:visibility-all', 'ctrl+h', 'command+h'],
  ['region:lock', 'alt+l'],
  ['region:meta', 'alt+m'],
  ['region:unselect', 'u'],
  ['region:exit', 'escape'],
  ['region:delete', 'backspace'],
  ['region:cycle', 'alt+.'],
  ['region:duplicate', 'ctrl+d', 'command+d'],
]

const { editor, controller } = beginWork()
const commands = shellCommands({ editor, controller, overlay: new Observable<Overlay>(null), has: () => true })
const command = (id: string) => commands.find((one) => one.id === id) as Command

describe('default keys', () => {
  it.each(KEYS)('%s is %s', (id: string, key: string, mac: string = key) => {
    const [onPc, onMac] = [parseHotkey(key)[0] as string, parseHotkey(mac)[0] as string]
    expect(combosOf(command(id))).toContain(onPc)
    expect(combosOf(command(id), {}, true)).toContain(onMac)
  })
})

describe('own keys', () => {
  it('replace the default, on a Mac too unless one is given for it', () => {
    const map = { 'annotation:submit': { key: 'ctrl+s' }, 'region:lock': { key: 'x', mac: 'command+x' } }
    expect(combosOf(command('annotation:submit'), map)).toEqual(['ctrl+s'])
    expect(combosOf(command('annotation:submit'), map, true)).toEqual(['ctrl+s'])
    expect(combosOf(command('region:lock'), map, true)).toEqual(['meta+x'])
    expect(combosOf(command('region:lock'), { 'region:lock': { key: '' } })).toEqual([])
  })

  it('that are taken already are found', () => {
    expect(findConflicts(commands)).toEqual([])
    expect(findConflicts(commands, { 'region:lock': { key: 'alt+h' } })).toEqual([
      { combo: 'alt+h', commands: ['region:visibility', 'region:lock'] },
    ])
  })
})
