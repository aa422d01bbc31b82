// @vitest-environment jsdom
import { cleanup, render, renderHook, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { colorOf, Face, initialsOf } from './Face'
import { useSameObject } from './useSameObject'

afterEach(cleanup)

it.each([
  ['Ana Lima', 'AL'],
  ['maria do carmo souza', 'MS'],
  ['Olga', 'O'],
  ['  Émile   Zola ', 'ÉZ'],
  ['𠮷田 太郎', '𠮷太'],
  ['#17', '#'],
  ['', ''],
])('"%s" is drawn as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

it('shows a person by name and color', () => {
  render(<Face name="Ana Lima" />)
  const face = screen.getByRole('img', { name: 'Ana Lima' })
  expect(face.textContent).toBe('AL')
  expect(face.style.background).toBe(`var(--mantine-color-${colorOf('Ana Lima')}-light)`)
})

it('gives one name one color, and different names several', () => {
  const names = ['Ana', 'Ben', 'Cleo', 'Dora', 'Emil', 'Fay', 'Gus', 'Hana']
  expect(names.map(colorOf)).toEqual(names.map(colorOf))
  expect(new Set(names.map(colorOf)).size).toBeGreaterThan(3)
})

it('keeps an object while its values are the same', () => {
  const one = { list: [1] }
  const { result, rerender } = renderHook((value: { a: number; b: object }) => useSameObject(value), {
    initialProps: { a: 1, b: one },
  })
  const first = result.current
  rerender({ a: 1, b: one })
  expect(result.current).toBe(first)
  rerender({ a: 2, b: one })
  expect(result.current).toEqual({ a: 2, b: one })
  rerender({ a: 2, b: { list: [1] } })
  expect(result.current).not.toBe(first)
})
