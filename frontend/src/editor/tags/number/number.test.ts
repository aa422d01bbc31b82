import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setAnswer } from '../../core/answers'
import { findSubmitProblem } from '../../core/validation'
import { controlOf, openEditor } from '../../testing/openEditor'
import { boundsOf, checkNumber, neighbors, oneStepMore } from './numbers'

const open = (attrs: string, more = '') => {
  const editor = openEditor({
    config: `<Text name="t" value="$t"/><Labels name="l" toName="t"><Label value="A"/></Labels><Number name="n" toName="t" ${attrs}/>${more}`,
    data: { t: 'abc' },
  })
  return { editor, control: controlOf(editor, 'n') }
}

describe('numbers', () => {
  it.each([
    ['min="1"', 0, { key: 'number.below', values: { name: 'n', bound: 1 } }],
    ['max="5"', 6, { key: 'number.above', values: { name: 'n', bound: 5 } }],
    ['step="0.1"', 0.35, { key: 'number.offGrid', values: { name: 'n', lower: 0.3, upper: 0.4 } }],
    ['min="1" step="2"', 4, { key: 'number.offGrid', values: { name: 'n', lower: 3, upper: 5 } }],
    ['min="1" step="2"', 5, null],
    ['step="0.1"', 0.30000000000000004, null],
    ['', 2.5, null],
    ['', 'x', { key: 'number.none', values: { name: 'n' } }],
  ])('%s: %o', (attrs, answer, problem) => expect(checkNumber(open(attrs).control, answer)).toEqual(problem))

  it('have neighbors that are allowed, one below and one above', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 500 }),
        fc.constantFrom(0.1, 0.25, 1, 3),
        fc.integer({ min: -50, max: 50 }),
        (hundredths, step, base) => {
          const value = hundredths / 100
          const [lower, upper] = neighbors(value, base, step)
          expect(lower <= value && value <= upper && upper - lower < step + 1e-9).toBe(true)
          expect(neighbors(lower, base, step)).toEqual([lower, lower])
        },
      ),
    ))

  it('grow by a step and begin anew after the largest', () => {
    const bounds = boundsOf(open('min="1" max="1.2" step="0.1"').control)
    expect([null, 1, 1.1, 1.2].map((value) => oneStepMore(bounds, value))).toEqual([1, 1.1, 1.2, 1])
  })

  it('have their default at submission, if nothing was entered', () => {
    const { editor, control } = open('defaultValue="3"')
    editor.finish()
    expect(editor.session.results()).toMatchObject([
      { from_name: 'n', to_name: 't', type: 'number', value: { number: 3 } },
    ])
    setAnswer(editor, control, 4)
    editor.finish()
    expect(editor.session.results()[0]?.value).toEqual({ number: 4 })
  })

  it('are required where the config says so', () => {
    expect(findSubmitProblem(open('required="true"').editor)).toMatchObject({
      key: 'validation.required',
      values: { name: 'n' },
    })
    const { editor } = open('required="true" defaultValue="1"')
    editor.finish()
    expect(findSubmitProblem(editor)).toBeNull()
  })
})
