import { expect, it } from 'vitest'
import { back, canGoBack, current, emptyHistory, forward, isNewest, opened } from './history'

it('begins nowhere', () => {
  expect(current(emptyHistory)).toBeNull()
  expect(canGoBack(emptyHistory)).toBe(false)
  expect(isNewest(emptyHistory)).toBe(true)
})

it('walks back and forth through the tasks of the session', () => {
  const three = [5, 3, 9].reduce(opened, emptyHistory)
  expect(current(three)).toBe(9)
  const first = back(back(three))
  expect(current(first)).toBe(5)
  expect(canGoBack(first)).toBe(false)
  expect(back(first)).toBe(first)
  expect(current(forward(first))).toBe(3)
  expect(isNewest(forward(forward(first)))).toBe(true)
  expect(forward(three)).toBe(three)
})

it('a task handed out again keeps its place', () => {
  const three = [5, 3, 9].reduce(opened, emptyHistory)
  const again = opened(three, 3)
  expect(again).toEqual({ tasks: [5, 3, 9], at: 1 })
})
