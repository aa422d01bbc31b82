import { describe, expect, it } from 'vitest'
import { colorFromText, parseColor, toHex } from './color'
import { newRegionId } from './ids'
import { numberOf, sameJson, stringsOf } from './json'
import { DEFAULT_SETTINGS, readSettings } from './settings'
import { type PointerInput, ToolRunner, type ToolState } from './tools'

describe('JSON values', () => {
  it.each([
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: undefined }, {}, true],
    [[1, 2], [2, 1], false],
    [[1], { 0: 1 }, false],
    [null, {}, false],
    [Number.NaN, Number.NaN, true],
    ['1', 1, false],
  ])('%o and %o', (a, b, expected) => expect([sameJson(a, b), sameJson(b, a)]).toEqual([expected, expected]))

  it('numbers are read from numbers and from text', () => {
    expect([1, '2.5', ' 3 ', '', 'x', null, Number.POSITIVE_INFINITY, true].map(numberOf)).toEqual([
      1,
      2.5,
      3,
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('only strings count in a list of strings', () => {
    expect([stringsOf(['a', 1, null, 'b']), stringsOf('a'), stringsOf(undefined)]).toEqual([['a', 'b'], [], []])
  })
})

describe('colors', () => {
  it('are always the same for a text, and tell texts apart', () => {
    expect(colorFromText('Car')).toBe(colorFromText('Car'))
    expect(colorFromText('Car')).not.toBe(colorFromText('Bus'))
    expect(colorFromText('')).toMatch(/^#[0-9a-f]{6}$/)
  })

  it.each([
    ['#f00', [255, 0, 0]],
    ['#FF8000', [255, 128, 0]],
    ['#ff8000aa', [255, 128, 0]],
    ['rgb(1, 2, 3)', [1, 2, 3]],
    ['rgba(1 2 3 / 50%)', [1, 2, 3]],
    ['#12', null],
    ['nonsense', null],
  ])('%s', (text, expected) => expect(parseColor(text)).toEqual(expected))

  it('are written as six digits', () => expect(toHex([255, 7.6, 0])).toBe('#ff0800'))
})

it('region ids have ten characters that need no escaping, and differ', () => {
  const ids = Array.from({ length: 200 }, newRegionId)
  expect(new Set(ids).size).toBe(200)
  expect(ids.filter((id) => !/^[A-Za-z0-9_-]{10}$/.test(id))).toEqual([])
})

describe('settings', () => {
  it('are read from stored text; what is missing, broken or unknown has its default', () => {
    expect(readSettings(null)).toEqual(DEFAULT_SETTINGS)
    expect(readSettings('{"keepTool":false,"showHotkeys":"yes","own":1}')).toEqual({
      ...DEFAULT_SETTINGS,
      keepTool: false,
    })
    expect(readSettings('{broken')).toEqual(DEFAULT_SETTINGS)
    expect(readSettings('null')).toEqual(DEFAULT_SETTINGS)
  })

  it('of the page come before the defaults, those of the person before both', () => {
    expect(readSettings('{"orderBy":"created"}', { orderBy: 'score', isDescending: true })).toMatchObject({
      orderBy: 'created',
      isDescending: true,
    })
  })
})

describe('ToolRunner', () => {
  const input: PointerInput<number> = { at: 1, shift: false, ctrl: false, alt: false, kind: 'mouse', clicks: 1 }

  it('hands events to the present state, and goes where it says', () => {
    const drawn: number[] = []
    const drawing: ToolState<number> = {
      name: 'drawing',
      pointerMove: ({ at }) => {
        drawn.push(at)
        return drawing
      },
      pointerUp: () => idle,
    }
    const idle: ToolState<number> = { name: 'idle', pointerDown: () => drawing }
    const runner = new ToolRunner(idle)
    runner.send('pointerMove', input)
    expect([runner.current.name, runner.isBusy, runner.cancel()]).toEqual(['idle', false, false])
    runner.send('pointerDown', input)
    runner.send('pointerMove', { ...input, at: 2 })
    expect([runner.current.name, runner.isBusy, drawn]).toEqual(['drawing', true, [2]])
    runner.send('pointerUp', input)
    expect(runner.isBusy).toBe(false)
    runner.send('pointerDown', input)
    expect([runner.cancel(), runner.current.name]).toEqual([true, 'idle'])
  })
})
