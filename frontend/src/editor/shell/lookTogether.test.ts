import { describe, expect, it } from 'vitest'
import { Observable } from '../core/observable'
import type { Look, RegionView, ViewCamera } from '../core/regionView'
import { lookTogether } from './lookTogether'

const FIRST: Look = { zoom: 1, x: 0.5, y: 0.5, turn: 0 }

/** A picture that can be zoomed; like a real one it tells of every change, whoever made it. */
class Picture implements ViewCamera {
  readonly now = new Observable<Look>(FIRST)
  look = () => this.now.get()
  show = (look: Look) => this.now.set(look)
  subscribe = (listener: () => void) => this.now.subscribe(listener)
}

const viewOf = (camera?: ViewCamera): RegionView => ({
  boundsOf: () => [],
  frame: () => ({ left: 0, top: 0, width: 1, height: 1 }),
  subscribe: () => () => {},
  camera,
})
const editorOf = (views: Record<string, RegionView>) => ({
  views: new Observable<ReadonlyMap<string, RegionView>>(new Map(Object.entries(views))),
})

describe('pictures side by side', () => {
  it('follow whichever is zoomed, the same one in every column', () => {
    const [a, b, other] = [new Picture(), new Picture(), new Picture()]
    const end = lookTogether([
      editorOf({ image: viewOf(a), text: viewOf() }),
      editorOf({ image: viewOf(b), second: viewOf(other) }),
    ])
    const near: Look = { zoom: 3, x: 0.2, y: 0.8, turn: 90 }
    a.show(near)
    expect([b.look(), other.look()]).toEqual([near, FIRST])
    b.show(FIRST)
    expect(a.look()).toEqual(FIRST)
    end()
    b.show(near)
    expect(a.look()).toEqual(FIRST)
  })

  it('follow also when a picture comes later', () => {
    const [a, b] = [new Picture(), new Picture()]
    const late = editorOf({})
    const end = lookTogether([editorOf({ image: viewOf(a) }), late])
    late.views.set(new Map([['image', viewOf(b)]]))
    b.show({ ...FIRST, zoom: 2 })
    expect(a.look().zoom).toBe(2)
    end()
  })
})
