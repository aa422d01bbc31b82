// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Sheet } from './sheet'

/** What the browser's canvas was asked to do. */
let asked: string[] = []
const context = {
  setTransform: (...matrix: number[]) => asked.push(`transform ${matrix.join(' ')}`),
  clearRect: (...box: number[]) => asked.push(`clear ${box.join(' ')}`),
}

beforeEach(() => {
  asked = []
  vi.useFakeTimers()
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation((() => context) as never)
})
afterEach(() => {
  vi.advanceTimersByTime(60_000)
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const sheetOf = (width: number, height: number) => {
  const sheet = new Sheet()
  sheet.resize(width, height)
  return sheet
}
const sizeOf = ({ element }: Sheet) => [element.width, element.height, element.style.width, element.style.height]

describe('Sheet', () => {
  it('touches its canvas only when something is drawn, and clears it only after that', () => {
    const sheet = sheetOf(300, 200)
    sheet.clear()
    expect(asked).toEqual([])
    sheet.draw()
    sheet.clear()
    sheet.clear()
    expect(asked).toEqual(['transform 1 0 0 1 0 0', 'transform 1 0 0 1 0 0', 'clear 0 0 300 200'])
  })

  it('has the pixels of the screen', () => {
    vi.stubGlobal('devicePixelRatio', 2)
    const sheet = sheetOf(300.2, 200)
    sheet.draw()
    expect([sizeOf(sheet), asked]).toEqual([[600, 400, '300px', '200px'], ['transform 2 0 0 2 0 0']])
  })

  it('keeps a canvas that is somewhat larger than is needed, and shows it in its own size', () => {
    const sheet = sheetOf(400, 300)
    sheet.resize(380, 260)
    expect(sizeOf(sheet)).toEqual([400, 300, '400px', '300px'])
    sheet.resize(200, 200)
    expect(sizeOf(sheet)).toEqual([200, 200, '200px', '200px'])
    sheet.resize(200, 210)
    expect(sizeOf(sheet)).toEqual([200, 210, '200px', '210px'])
  })

  it('counts a canvas that got another size as empty', () => {
    const sheet = sheetOf(400, 300)
    sheet.draw()
    sheet.resize(800, 300)
    asked = []
    sheet.clear()
    expect(asked).toEqual([])
  })

  it('leaves its canvas to the next one, empty and at its place', () => {
    const before = sheetOf(400, 300)
    document.body.append(before.element)
    before.draw()
    before.element.style.transform = 'scale(2)'
    before.release()
    expect([before.element.isConnected, asked.at(-1)]).toEqual([false, 'clear 0 0 400 300'])
    const [next, other] = [sheetOf(400, 300), sheetOf(400, 300)]
    expect(next.element).toBe(before.element)
    expect(other.element).not.toBe(before.element)
    expect([next.element.style.transform, ...sizeOf(next)]).toEqual(['', 400, 300, '400px', '300px'])
    asked = []
    next.clear()
    expect(asked).toEqual([])
  })

  it('keeps four canvases at most, for five seconds', () => {
    const sheets = Array.from({ length: 6 }, () => sheetOf(10, 10))
    for (const sheet of sheets) sheet.release()
    vi.advanceTimersByTime(4_900)
    const again = Array.from({ length: 6 }, () => new Sheet().element)
    expect(again.map((element) => sheets.some((sheet) => sheet.element === element))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ])
    sheetOf(10, 10).release()
    const [last] = [new Sheet()]
    last.release()
    vi.advanceTimersByTime(5_001)
    expect(new Sheet().element).not.toBe(last.element)
  })

  it('draws nothing where the browser has no canvas', () => {
    vi.mocked(HTMLCanvasElement.prototype.getContext).mockImplementation(() => null)
    const sheet = sheetOf(10, 10)
    expect(sheet.draw()).toBeNull()
    sheet.clear()
    expect(asked).toEqual([])
  })
})
