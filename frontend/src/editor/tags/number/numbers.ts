import { type Json, numberOf } from '../../core/json'
import type { AnswerProblem } from '../../core/problems'
import type { Control } from '../../core/taskConfig'

/** What numbers are allowed; `step` counts from `min`, or from 0. */
export interface Bounds {
  readonly min: number | null
  readonly max: number | null
  readonly step: number
}

/** Reads the bounds of a Number. */
export function boundsOf({ node }: Control): Bounds {
  const step = numberOf(node.attrs.step)
  return { min: numberOf(node.attrs.min), max: numberOf(node.attrs.max), step: step !== null && step > 0 ? step : 1 }
}

/** Returns what is wrong with a number: which bound it passes, or which allowed numbers are next to it. */
export function checkNumber(control: Control, answer: Json): AnswerProblem | null {
  const { min, max, step } = boundsOf(control)
  const value = numberOf(answer)
  const values = { name: control.name }
  if (value === null) return { key: 'number.none', values }
  if (min !== null && value < min) return { key: 'number.below', values: { ...values, bound: min } }
  if (max !== null && value > max) return { key: 'number.above', values: { ...values, bound: max } }
  // LS: without a written step any number is taken, whatever the default says.
  if (control.node.attrs.step === undefined) return null
  const [lower, upper] = neighbors(value, min ?? 0, step)
  if (lower === upper) return null
  return { key: 'number.offGrid', values: { ...values, lower, upper } }
}

/** Returns the allowed numbers next to `value`; twice itself if it is allowed. */
export function neighbors(value: number, base: number, step: number): readonly [number, number] {
  const steps = (value - base) / step
  const nearest = Math.round(steps)
  if (Math.abs(steps - nearest) < 1e-6) return [value, value]
  return [tidy(base + Math.floor(steps) * step), tidy(base + Math.ceil(steps) * step)]
}

/** Returns the number that the hotkey makes of `value`: one step more, the smallest one after the largest. */
export function oneStepMore({ min, max, step }: Bounds, value: number | null): number {
  if (value === null) return min ?? 0
  const next = tidy(value + step)
  return max !== null && next > max ? (min ?? 0) : next
}

/** Sums of steps have no more digits than people wrote. */
const tidy = (value: number): number => Number(value.toPrecision(12))
