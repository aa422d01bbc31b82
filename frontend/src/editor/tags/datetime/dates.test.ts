import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { controlOf, openEditor } from '../../testing/openEditor'
import { boundsOf, checkDate, formOf, readDate, withParts, writeDate } from './dates'

const controlWith = (attrs: string) =>
  controlOf(
    openEditor({ config: `<Text name="t" value="$t"/><DateTime name="d" toName="t" ${attrs}/>`, data: { t: '' } }),
    'd',
  )

const form = (attrs: string) => formOf(controlWith(attrs))

describe('dates', () => {
  it.each([
    ['', new Date(2024, 1, 9, 13, 5), '2024-02-09T13:05'],
    ['only="date"', new Date(2024, 1, 9), '2024-02-09'],
    ['only="date" format="%d.%m.%Y"', new Date(2024, 1, 9), '09.02.2024'],
    ['only="time"', new Date(2024, 1, 9, 7, 30), '07:30'],
    ['only="time" format="%S"', new Date(2024, 1, 9, 7, 30), '07:30'],
    ['only="year"', withParts(null, { year: 1999, month: 0 }), '1999-01-01'],
    ['only="month,year"', withParts(withParts(null, { year: 1999 }), { month: 4 }), '1999-05-01'],
    ['only="date,month,year"', new Date(2024, 1, 9), '2024-02-09'],
  ])('%s: %o is stored as %s', (attrs, date, expected) => {
    expect(writeDate(form(attrs), date)).toBe(expected)
    const read = readDate(form(attrs), expected)
    expect(read && writeDate(form(attrs), read)).toBe(expected)
  })

  it('come back from what is stored', () =>
    fc.assert(
      fc.property(fc.date({ min: new Date(1000, 0, 2), max: new Date(9999, 0, 1), noInvalidDate: true }), (date) => {
        const text = writeDate(form(''), date)
        const read = readDate(form(''), text ?? '')
        expect(read && writeDate(form(''), read)).toBe(text)
      }),
    ))

  it.each([new Date(999, 0, 1), new Date(10_000, 0, 1), new Date(Number.NaN)])('%o is not stored', (date) =>
    expect(writeDate(form(''), date)).toBeNull(),
  )

  it('change part by part; the day of a month that has none is its first', () => {
    const date = withParts(withParts(null, { day: new Date(2024, 0, 31) }), { time: '08:15' })
    expect(writeDate(form(''), date)).toBe('2024-01-31T08:15')
    expect(writeDate(form(''), withParts(date, { month: 1 }))).toBe('2024-02-01T08:15')
    expect(writeDate(form(''), withParts(date, { day: new Date(2025, 5, 2) }))).toBe('2025-06-02T08:15')
  })

  it('stay within their bounds, which count from the first minute to the last', () => {
    const control = controlWith('min="2020" max="2024-02-09"')
    expect(checkDate(control, '2024-02-09T23:59')).toBeNull()
    expect(checkDate(control, '2024-02-10T00:00')).toEqual({
      key: 'datetime.late',
      values: { name: 'd', bound: '2024-02-09' },
    })
    expect(checkDate(control, '2019-12-31T23:59')).toEqual({
      key: 'datetime.early',
      values: { name: 'd', bound: '2020-01-01' },
    })
    expect(checkDate(control, 'soon')).toMatchObject({ key: 'datetime.unreadable' })
    expect(checkDate(controlWith('only="time" min="2020"'), '07:30')).toBeNull()
  })

  it('are offered from 2000 until today', () => {
    const { min, max } = boundsOf(controlWith(''), new Date(2026, 5, 3))
    expect([min.getFullYear(), max.getFullYear(), max.getMonth(), max.getDate()]).toEqual([2000, 2026, 5, 3])
  })
})
