// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PointerInput } from '../../core/tools'
import type { Point } from './plane'
import { listenToPointer, type PointerTarget } from './pointer'

type Sent = readonly [kind: string, x: number, y: number, clicks: number, kindOfPointer: string]

/** `rest` is what the picture cannot be moved any more. */
interface Ways extends Partial<PointerTarget> {
  isZoomed?: boolean
  rest?: Point
  canErase?: boolean
}

/** A canvas of one screen pixel a media pixel that writes down what it is told. */
function begin({ isZoomed = true, rest = { x: 0, y: 0 }, canErase = true, ...more }: Ways = {}) {
  const element = document.createElement('div')
  document.body.append(element)
  const log = {
    sent: [] as Sent[],
    inputs: [] as PointerInput<Point>[],
    pans: [] as Point[],
    zooms: [] as (readonly [number, Point])[],
    cancels: 0,
    erasings: [] as Point[],
    endings: 0,
  }
  const end = listenToPointer(element, {
    pans: () => false,
    send: (kind, input) => {
      log.inputs.push(input)
      log.sent.push([kind.slice('pointer'.length), input.at.x, input.at.y, input.clicks, input.kind])
    },
    cancel: () => {
      log.cancels += 1
    },
    hover: () => {},
    viewport: {
      toMedia: (at) => at,
      pan: (by) => {
        log.pans.push(by)
        return rest
      },
      zoom: (factor, at) => log.zooms.push([factor, at as Point]),
      isZoomed,
    },
    penEnd: {
      begin: (at) => {
        log.erasings.push(at)
        return canErase
      },
      end: () => {
        log.endings += 1
      },
    },
    mayZoom: true,
    isZoomInverted: false,
    wantsAll: false,
    ...more,
  })
  return { element, log, end }
}

let time = 1000
class FakePointer extends MouseEvent {
  readonly pointerId: number
  readonly pointerType: string
  readonly pressure: number
  readonly at: number
  readonly between: readonly FakePointer[]

  constructor(
    type: string,
    init: MouseEventInit & { id?: number; kind?: string; pressure?: number; between?: readonly FakePointer[] },
  ) {
    super(type, { bubbles: true, cancelable: true, ...init })
    this.pointerId = init.id ?? 1
    this.pointerType = init.kind ?? 'mouse'
    this.pressure = init.pressure ?? 0.5
    this.between = init.between ?? []
    this.at = time
  }

  override get timeStamp(): number {
    return this.at
  }

  getCoalescedEvents(): readonly FakePointer[] {
    return this.between
  }
}

const send = (
  element: Element,
  type: string,
  x: number,
  y: number,
  more: Partial<ConstructorParameters<typeof FakePointer>[1]> = {},
) => element.dispatchEvent(new FakePointer(`pointer${type}`, { clientX: x, clientY: y, ...more }))

let canvas: ReturnType<typeof begin>
beforeEach(() => {
  time = 1000
  canvas = begin()
})
afterEach(() => {
  canvas.end()
  canvas.element.remove()
})

describe('one pointer', () => {
  it('is left to buttons that lie on the picture', () => {
    const { element, log } = canvas
    const button = document.createElement('button')
    button.append(document.createElement('span'))
    element.append(button)
    send(button.firstElementChild as Element, 'down', 10, 20)
    send(button, 'up', 10, 20)
    expect(log.sent).toEqual([])
    send(element, 'down', 10, 20)
    expect(log.sent).toEqual([['Down', 10, 20, 1, 'mouse']])
  })

  it('presses, moves and lets go', () => {
    const { element, log } = canvas
    send(element, 'down', 10, 20)
    send(element, 'move', 15, 25)
    send(element, 'up', 15, 25)
    expect(log.sent).toEqual([
      ['Down', 10, 20, 1, 'mouse'],
      ['Move', 15, 25, 1, 'mouse'],
      ['Up', 15, 25, 1, 'mouse'],
    ])
  })

  it('counts presses at one place within a short time', () => {
    const { element, log } = canvas
    const press = (x: number, at: number) => {
      time = at
      send(element, 'down', x, 20)
      send(element, 'up', x, 20)
    }
    press(10, 1000)
    press(12, 1200)
    press(12, 2000)
    press(40, 2100)
    expect(log.sent.filter(([kind]) => kind === 'Down').map(([, , , clicks]) => clicks)).toEqual([1, 2, 1, 1])
  })

  it('tells of keys that are held and of how hard a pen is pressed', () => {
    const { element, log } = canvas
    send(element, 'down', 1, 1, { shiftKey: true, altKey: true, ctrlKey: true, kind: 'pen', pressure: 0.8 })
    expect(log.inputs[0]).toMatchObject({ shift: true, alt: true, ctrl: true, kind: 'pen', pressure: 0.8 })
  })

  it('drags the picture where the press does', () => {
    canvas.end()
    canvas = begin({ pans: (event) => event.button === 1 })
    const { element, log } = canvas
    send(element, 'down', 10, 10, { button: 1 })
    send(element, 'move', 30, 15)
    send(element, 'up', 30, 15)
    expect([log.pans, log.sent]).toEqual([[{ x: 20, y: 5 }], []])
  })

  it('hands over all points of a move to a tool that wants them', () => {
    canvas.end()
    canvas = begin({ wantsAll: true })
    const { element, log } = canvas
    send(element, 'down', 0, 0)
    const between = [2, 4, 6].map((x) => new FakePointer('pointermove', { clientX: x, clientY: 1 }))
    send(element, 'move', 6, 1, { between })
    expect(log.sent.slice(1).map(([, x]) => x)).toEqual([2, 4, 6])
  })

  it('takes back what is drawn when the browser takes the pointer away', () => {
    const { element, log } = canvas
    send(element, 'down', 10, 10)
    send(element, 'cancel', 10, 10)
    send(element, 'up', 10, 10)
    expect([log.cancels, log.sent.length]).toEqual([1, 1])
  })
})

describe('touch', () => {
  it('zooms and moves by two fingers, and takes back what the first one began', () => {
    const { element, log } = canvas
    send(element, 'down', 100, 100, { id: 1, kind: 'touch' })
    send(element, 'down', 200, 100, { id: 2, kind: 'touch' })
    send(element, 'move', 300, 100, { id: 2, kind: 'touch' })
    expect(log.cancels).toBe(1)
    expect(log.zooms).toEqual([[2, { x: 200, y: 100 }]])
    expect(log.pans).toEqual([{ x: 50, y: 0 }])
    send(element, 'up', 300, 100, { id: 2, kind: 'touch' })
    send(element, 'move', 120, 100, { id: 1, kind: 'touch' })
    send(element, 'up', 120, 100, { id: 1, kind: 'touch' })
    expect(log.sent.map(([kind]) => kind)).toEqual(['Down'])
    send(element, 'down', 50, 50, { id: 3, kind: 'touch' })
    expect(log.sent.at(-1)).toEqual(['Down', 50, 50, 1, 'touch'])
  })

  it('takes no hand for a finger while a pen is used', () => {
    const { element, log } = canvas
    time = performance.now()
    send(element, 'down', 300, 300, { id: 7, kind: 'touch' })
    expect(log.sent.length).toBe(1)
    send(element, 'down', 10, 10, { id: 8, kind: 'pen' })
    expect([log.cancels, log.sent.at(-1)?.[4]]).toEqual([1, 'pen'])
    send(element, 'move', 20, 20, { id: 8, kind: 'pen' })
    send(element, 'down', 310, 300, { id: 9, kind: 'touch' })
    send(element, 'move', 320, 300, { id: 9, kind: 'touch' })
    send(element, 'up', 20, 20, { id: 8, kind: 'pen' })
    expect(log.sent.slice(1).map(([kind, , , , pointer]) => `${kind} ${pointer}`)).toEqual([
      'Down pen',
      'Move pen',
      'Up pen',
    ])
  })
})

describe('the other end of a pen', () => {
  const turned = { kind: 'pen', button: 5, buttons: 32 }

  it('erases while it is down', () => {
    const { element, log } = canvas
    send(element, 'down', 4, 5, turned)
    send(element, 'move', 8, 5, { kind: 'pen', buttons: 32 })
    expect([log.erasings, log.endings]).toEqual([[{ x: 4, y: 5 }], 1])
    send(element, 'up', 8, 5, turned)
    expect(log.sent.map(([kind]) => kind)).toEqual(['Down', 'Move', 'Up'])
    expect(log.endings).toBe(2)
  })

  it('gives the tool back when the pen is lost', () => {
    send(canvas.element, 'down', 4, 5, turned)
    send(canvas.element, 'cancel', 4, 5, turned)
    expect([canvas.log.cancels, canvas.log.endings]).toEqual([1, 2])
  })

  it('does nothing where there is nothing to erase', () => {
    canvas.end()
    canvas = begin({ canErase: false })
    send(canvas.element, 'down', 4, 5, turned)
    expect(canvas.log.sent).toEqual([])
  })

  it('is not meant by a plain pen', () => {
    send(canvas.element, 'down', 4, 5, { kind: 'pen', buttons: 1 })
    expect(canvas.log.erasings).toEqual([])
  })
})

describe('the wheel', () => {
  const wheel = (element: Element, init: WheelEventInit) => {
    const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: 5, clientY: 6, ...init })
    element.dispatchEvent(event)
    return event.defaultPrevented
  }

  it('zooms with Ctrl, by at most 30 % at once, at the pointer', () => {
    const { element, log } = canvas
    expect(wheel(element, { deltaY: -10, ctrlKey: true })).toBe(true)
    wheel(element, { deltaY: -500, metaKey: true })
    wheel(element, { deltaY: 500, ctrlKey: true })
    expect(log.zooms.map(([factor]) => Math.round(factor * 1000) / 1000)).toEqual([1.094, 1.3, 0.7])
    expect(log.zooms[0]?.[1]).toEqual({ x: 5, y: 6 })
  })

  it('moves a zoomed picture, and lets the page scroll at its border', () => {
    expect(wheel(canvas.element, { deltaY: 30 })).toBe(true)
    canvas.end()
    canvas = begin({ rest: { x: 0, y: 30 } })
    expect(wheel(canvas.element, { deltaY: 30 })).toBe(false)
    canvas.end()
    canvas = begin({ isZoomed: false })
    expect([wheel(canvas.element, { deltaY: 30 }), canvas.log.pans]).toEqual([false, []])
  })
})

it('stops listening when it is told to', () => {
  canvas.end()
  send(canvas.element, 'down', 1, 1)
  expect(canvas.log.sent).toEqual([])
})
