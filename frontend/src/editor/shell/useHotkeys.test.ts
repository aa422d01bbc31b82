// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { isForControl } from './useHotkeys'

const element = (tag: string, attributes: Readonly<Record<string, string>> = {}) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}
const takes = (target: EventTarget | undefined, key: string, more: KeyboardEventInit = {}) =>
  isForControl(target, new KeyboardEvent('keydown', { key, ...more }))

describe('keys of the control that has the focus', () => {
  it('leave arrows to the side to regions after a click in the list of regions', () => {
    const row = element('div', { role: 'treeitem' })
    expect(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].map((key) => takes(row, key))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it.each([
    ['input', { type: 'radio' }],
    ['input', { type: 'range' }],
    ['div', { role: 'tab' }],
    ['div', { role: 'option' }],
  ])('keep all arrows of %s %j', (tag, attributes) => {
    expect(['ArrowUp', 'ArrowRight'].map((key) => takes(element(tag, attributes), key))).toEqual([true, true])
  })

  it('keep Enter and space of buttons, but no key with Ctrl', () => {
    const button = element('button')
    expect([takes(button, 'Enter'), takes(button, ' '), takes(button, 'Enter', { ctrlKey: true })]).toEqual([
      true,
      true,
      false,
    ])
    expect([takes(button, 'ArrowRight'), takes(element('div'), 'Enter'), takes(undefined, 'Enter')]).toEqual([
      false,
      false,
      false,
    ])
  })
})
