import { expect, it } from 'vitest'
import { arrowBetween, isInFrame, nearest } from './relationPath'

const box = (left: number, top: number, width = 40, height = 20) => ({ left, top, width, height })

it('words of one line are joined by an arc above them', () => {
  const arrow = arrowBetween(box(0, 100), box(200, 104))
  expect(arrow.path).toBe('M20,97 C20,59 220,59 220,101')
  expect(arrow.middle).toEqual({ x: 120, y: 69 })
  expect([arrow.from.angle, arrow.to.angle]).toEqual([90, 90])
})

it('boxes above each other are joined from border to border', () => {
  const down = arrowBetween(box(0, 0), box(10, 100))
  expect([down.from, down.to]).toEqual([
    { x: 30, y: 23, angle: -90 },
    { x: 30, y: 97, angle: 90 },
  ])
  const up = arrowBetween(box(10, 100), box(0, 0))
  expect([up.from, up.to]).toEqual([
    { x: 20, y: 97, angle: 90 },
    { x: 20, y: 23, angle: -90 },
  ])
})

it('an arrow ends at a side, never beyond it', () => {
  const far = arrowBetween(box(0, 0), box(500, 300, 6))
  expect([far.from.x, far.to.x]).toEqual([32, 503])
})

it('of several boxes the nearest is taken', () => {
  expect(nearest([box(0, 0), box(300, 0)], box(280, 40))).toEqual(box(300, 0))
  expect(nearest([], box(0, 0))).toBeUndefined()
})

it('what is scrolled away is not in the frame', () => {
  const frame = box(100, 100, 200, 200)
  expect([box(90, 90), box(0, 0), box(300, 150), box(120, 301)].map((it) => isInFrame(it, frame))).toEqual([
    true,
    false,
    false,
    false,
  ])
})
