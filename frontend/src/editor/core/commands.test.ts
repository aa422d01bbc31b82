import { describe, expect, it } from 'vitest'
import { type Command, combosOf, findCommand, findConflicts, hotkeyOf } from './commands'

const command = (id: string, hotkey?: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'annotation',
  hotkey,
  isEnabled: () => true,
  run: () => {},
  ...more,
})

describe('keys of a command', () => {
  const submit = command('annotation:submit', 'ctrl+enter', { mac: 'command+enter' })

  it('follow the platform', () => {
    expect(hotkeyOf(submit)).toBe('ctrl+enter')
    expect(hotkeyOf(submit, {}, true)).toBe('command+enter')
    expect(hotkeyOf(command('x', 'a'), {}, true)).toBe('a')
    expect(combosOf(command('none'))).toEqual([])
  })

  it('may be replaced by a key map; an own key counts on a Mac too', () => {
    expect(hotkeyOf(submit, { 'annotation:submit': { key: 's' } }, true)).toBe('s')
    expect(hotkeyOf(submit, { 'annotation:submit': { mac: 'command+s' } }, true)).toBe('command+s')
    expect(hotkeyOf(submit, { 'annotation:submit': { mac: 'command+s' } })).toBe('ctrl+enter')
    expect(hotkeyOf(submit, { 'annotation:submit': { key: '' } })).toBe('')
  })
})

describe('findConflicts', () => {
  it('finds two commands of one scope on one key, also among alternatives', () => {
    const commands = [command('a', 'backspace,delete'), command('b', 'ctrl+d'), command('c', 'Delete')]
    expect(findConflicts(commands)).toEqual([{ combo: 'delete', commands: ['a', 'c'] }])
  })

  it('lets scopes share keys', () => {
    expect(findConflicts([command('a', '1', { scope: 'img1' }), command('b', '1', { scope: 'img2' })])).toEqual([])
    expect(findConflicts([command('a', '1', { scope: 'img1' }), command('b', '1', { scope: 'img1' })])).toHaveLength(1)
  })

  it('sees conflicts that only one platform or an own key map has', () => {
    const commands = [command('a', 'ctrl+k', { mac: 'command+k' }), command('b', 'command+k')]
    expect(findConflicts(commands)).toEqual([])
    expect(findConflicts(commands, {}, true)).toEqual([{ combo: 'meta+k', commands: ['a', 'b'] }])
    expect(findConflicts(commands, { b: { key: 'ctrl+k' } })).toEqual([{ combo: 'ctrl+k', commands: ['a', 'b'] }])
  })
})

describe('findCommand', () => {
  const idOf = (...args: Parameters<typeof findCommand>) => findCommand(...args)?.id ?? null

  it('takes the longest combination that an enabled command claims', () => {
    const commands = [command('one', 'a'), command('two', 'a+b')]
    expect(idOf(commands, ['a+b', 'a'], {})).toBe('two')
    expect(idOf([commands[0] as Command], ['a+b', 'a'], {})).toBe('one')
    expect(idOf(commands, ['c'], {})).toBeNull()
  })

  it('passes over disabled commands', () => {
    const commands = [command('off', 'a', { isEnabled: () => false }), command('on', 'a')]
    expect(idOf(commands, ['a'], {})).toBe('on')
  })

  it('while typing, runs only what is meant to work in inputs', () => {
    const commands = [command('delete', 'backspace'), command('submit', 'ctrl+enter', { worksInInputs: true })]
    expect(idOf(commands, ['backspace'], { isTyping: true })).toBeNull()
    expect(idOf(commands, ['ctrl+enter'], { isTyping: true })).toBe('submit')
  })

  it('prefers the object used last', () => {
    const commands = [command('first', 'v', { scope: 'img1' }), command('second', 'v', { scope: 'img2' })]
    expect(idOf(commands, ['v'], { scope: 'img2' })).toBe('second')
    expect(idOf(commands, ['v'], { scope: 'elsewhere' })).toBe('first')
  })
})
