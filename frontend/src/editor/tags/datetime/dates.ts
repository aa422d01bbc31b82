import { timeFormat, timeParse } from 'd3-time-format'
import type { Json } from '../../core/json'
import { splitNames } from '../../core/labelConfig'
import type { AnswerProblem } from '../../core/problems'
import type { Control } from '../../core/taskConfig'

/** Which parts of a date are asked for, and how the answer is written. */
export interface DateForm {
  readonly hasDate: boolean
  readonly hasMonth: boolean
  readonly hasYear: boolean
  readonly hasTime: boolean
  readonly format: string
}

/** Reads `only` and `format`: a date wins over month and year, a time alone is always hours and minutes. */
export function formOf({ node }: Control): DateForm {
  const only = new Set(splitNames(node.attrs.only).map((part) => part.toLowerCase()))
  const isAll = only.size === 0
  const hasDate = isAll || only.has('date')
  const hasTime = isAll || only.has('time')
  const hasMonth = !hasDate && only.has('month')
  const hasYear = !hasDate && only.has('year')
  if (hasTime && !hasDate && !hasMonth && !hasYear) return { hasDate, hasMonth, hasYear, hasTime, format: '%H:%M' }
  const format = node.attrs.format || (hasTime ? '%Y-%m-%dT%H:%M' : '%Y-%m-%d')
  return { hasDate, hasMonth, hasYear, hasTime, format }
}

/** Returns the date in an answer; also one in ISO 8601, whatever the format. `null` if there is none. */
export function readDate(form: DateForm, answer: Json | undefined): Date | null {
  if (typeof answer !== 'string' || answer === '') return null
  return timeParse(form.format)(answer) ?? timeParse('%Y-%m-%dT%H:%M')(answer) ?? timeParse('%Y-%m-%d')(answer)
}

/** Returns a date as the answer is written; `null` for years that no form can hold. */
export function writeDate(form: DateForm, date: Date): string | null {
  const year = date.getFullYear()
  return Number.isNaN(year) || year < 1000 || year > 9999 ? null : timeFormat(form.format)(date)
}

/** Returns the first and the last day that are offered. */
export function boundsOf({ node }: Control, today: Date = new Date()): { min: Date; max: Date } {
  return {
    min: boundary(node.attrs.min || '2000', today, false),
    max: boundary(node.attrs.max || 'current', today, true),
  }
}

function boundary(text: string, today: Date, isEnd: boolean): Date {
  if (text === 'current') return isEnd ? endOfDay(today) : today
  const year = /^\d{4}$/.exec(text)?.[0]
  if (year) return isEnd ? new Date(Number(year), 11, 31, 23, 59) : new Date(Number(year), 0, 1)
  const date = timeParse('%Y-%m-%d')(text.slice(0, 10)) ?? new Date(Number.NaN)
  return isEnd ? endOfDay(date) : date
}

const endOfDay = (date: Date): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 23, 59, 59)

/** Returns what is wrong with a date: which bound it passes. Bounds count only where the config sets them. */
export function checkDate(control: Control, answer: Json): AnswerProblem | null {
  const form = formOf(control)
  const date = readDate(form, answer)
  const values = { name: control.name }
  if (!date) return { key: 'datetime.unreadable', values: { ...values, format: form.format } }
  if (form.format === '%H:%M') return null
  const { min, max } = boundsOf(control)
  const day = timeFormat('%Y-%m-%d')
  if (control.node.attrs.min && date < min) return { key: 'datetime.early', values: { ...values, bound: day(min) } }
  if (control.node.attrs.max && date > max) return { key: 'datetime.late', values: { ...values, bound: day(max) } }
  return null
}

/** Returns `before` with some parts replaced; what was never given is the first one. */
export function withParts(
  before: Date | null,
  parts: { day?: Date; year?: number; month?: number; time?: string },
  today: Date = new Date(),
): Date {
  const base = before ?? new Date(parts.year ?? today.getFullYear(), parts.month ?? 0, 1)
  const day = parts.day ?? base
  const [hours, minutes] = parts.time === undefined ? [base.getHours(), base.getMinutes()] : clockOf(parts.time)
  const year = parts.year ?? day.getFullYear()
  const month = parts.month ?? day.getMonth()
  const date = new Date(year, month, parts.year === undefined && parts.month === undefined ? day.getDate() : 1)
  date.setHours(hours, minutes, 0, 0)
  return date
}

function clockOf(text: string): [number, number] {
  const [hours, minutes] = text.split(':').map(Number)
  return [hours || 0, minutes || 0]
}
