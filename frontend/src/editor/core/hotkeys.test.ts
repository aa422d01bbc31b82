import { describe, expect, it } from 'vitest'
import { type KeyPress, KeyTracker, parseHotkey, showHotkey } from './hotkeys'

const press = (key: string, code: string, held = ''): KeyPress => ({
  key,
  code,
  ctrlKey: held.includes('ctrl'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
  metaKey: held.includes('meta'),
})

describe('parseHotkey', () => {
  it.each([
    ['ctrl+shift+z', ['ctrl+shift+z']],
    ['Shift + CTRL + Z', ['ctrl+shift+z']],
    ['command+enter', ['meta+enter']],
    ['option+ArrowUp', ['alt+up']],
    ['backspace,delete', ['backspace', 'delete']],
    ['backspace, del', ['backspace', 'delete']],
    ['esc', ['escape']],
    [',', [',']],
    ['a,,', ['a', ',']],
    ['+', ['plus']],
    ['ctrl+plus', ['ctrl+plus']],
    ['-', ['minus']],
    ['b+a', ['a+b']],
    ['', []],
    ['  ', []],
  ])('%o', (text, expected) => expect(parseHotkey(text)).toEqual(expected))
})

describe('KeyTracker', () => {
  it('tells the combination a press completes, with its modifiers in fixed order', () => {
    expect(new KeyTracker().press(press('Z', 'KeyZ', 'shift ctrl'))).toEqual(['ctrl+shift+z'])
    expect(new KeyTracker().press(press('Enter', 'Enter', 'meta'))).toEqual(['meta+enter'])
  })

  it('says nothing while only modifiers are down', () => {
    const keys = new KeyTracker()
    expect(keys.press(press('Shift', 'ShiftLeft', 'shift'))).toEqual([])
    expect(keys.press(press('Control', 'ControlLeft', 'ctrl shift'))).toEqual([])
  })

  it('knows a digit by what stands on the key and by what it types', () => {
    expect(new KeyTracker().press(press('!', 'Digit1', 'shift'))).toEqual(['shift+1', 'shift+!'])
    expect(new KeyTracker().press(press('1', 'Numpad1'))).toEqual(['1'])
    // A French keyboard types & on the key of 1.
    expect(new KeyTracker().press(press('&', 'Digit1'))).toEqual(['1', '&'])
  })

  it('follows the letter that is typed, not its place, so that other layouts work', () => {
    expect(new KeyTracker().press(press('a', 'KeyQ'))).toEqual(['a'])
  })

  it('uses the place of a letter where the typed one is no Latin letter: Alt on a Mac, Cyrillic layouts', () => {
    expect(new KeyTracker().press(press('®', 'KeyR', 'alt'))).toEqual(['alt+r'])
    expect(new KeyTracker().press(press('я', 'KeyZ', 'ctrl'))).toEqual(['ctrl+z'])
  })

  it('knows plus and minus wherever they stand', () => {
    expect(new KeyTracker().press(press('=', 'Equal', 'ctrl'))).toEqual(['ctrl+=', 'ctrl+plus'])
    expect(new KeyTracker().press(press('+', 'NumpadAdd', 'ctrl'))).toEqual(['ctrl+plus'])
    expect(new KeyTracker().press(press('-', 'NumpadSubtract', 'ctrl'))).toEqual(['ctrl+minus'])
  })

  it('joins keys that are held: the longer combination comes first', () => {
    const keys = new KeyTracker()
    keys.press(press('b', 'KeyB'))
    expect(keys.press(press('a', 'KeyA'))).toEqual(['a+b', 'a'])
    keys.release(press('b', 'KeyB'))
    keys.release(press('a', 'KeyA'))
    expect(keys.press(press('c', 'KeyC'))).toEqual(['c'])
  })

  it('does not count a key twice while it repeats', () => {
    const keys = new KeyTracker()
    keys.press(press('a', 'KeyA'))
    expect(keys.press(press('a', 'KeyA'))).toEqual(['a'])
  })

  it('forgets held keys when ⌘ goes up or the window loses the focus', () => {
    const keys = new KeyTracker()
    keys.press(press('c', 'KeyC', 'meta'))
    keys.release(press('Meta', 'MetaLeft'))
    expect(keys.press(press('d', 'KeyD'))).toEqual(['d'])
    keys.clear()
    expect(keys.press(press('e', 'KeyE'))).toEqual(['e'])
  })
})

describe('showHotkey', () => {
  it.each([
    ['ctrl+shift+z', false, 'Ctrl+Shift+Z'],
    ['command+enter', true, '⌘Enter'],
    ['alt+shift+r', true, '⇧⌥R'],
    ['backspace,delete', false, 'Backspace'],
    ['shift+1', false, 'Shift+1'],
    ['', false, ''],
  ])('%s', (text, isMac, expected) => expect(showHotkey(text, isMac)).toBe(expected))
})
