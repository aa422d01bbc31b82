import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TestEditor } from '../../testing/TestEditor'
import { nudge, stretch } from './steps'

const CONFIG = `
  <RectangleLabels name="box" toName="image" snap="pixel"><Label value="Car"/></RectangleLabels>
  <EllipseLabels name="oval" toName="image"><Label value="Ball"/></EllipseLabels>
  <PolygonLabels name="area" toName="image"><Label value="Lake"/></PolygonLabels>
  <VectorLabels name="path" toName="image" curves="true" closable="true"><Label value="Road"/></VectorLabels>
  <KeyPointLabels name="point" toName="image"><Label value="Nose"/></KeyPointLabels>
  <BrushLabels name="mask" toName="image"><Label value="Sky"/></BrushLabels>
  <Image name="image" value="$image"/>`
const LABELS = [
  ['box', 'Car'],
  ['oval', 'Ball'],
  ['area', 'Lake'],
  ['path', 'Road'],
  ['point', 'Nose'],
  ['mask', 'Sky'],
] as const

type Place = readonly [number, number]
const place = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 100 }))
const keys = fc.record({ ctrl: fc.boolean(), shift: fc.boolean(), alt: fc.boolean() })

/** One thing a person may do, whatever they have drawn so far. */
const gesture = fc.oneof(
  fc.tuple(fc.nat({ max: LABELS.length - 1 }), place, place).map(([at, from, to]) => (test: TestEditor) => {
    const [control, word] = LABELS[at] as (typeof LABELS)[number]
    test.escape().editor.selection.clear()
    test.label(control, word).drag(from, to).drag(to, from)
  }),
  fc.tuple(place, keys).map(
    ([[x, y], held]) =>
      (test: TestEditor) =>
        void test.click(x, y, held),
  ),
  fc.tuple(place, place, keys).map(([from, to, held]: [Place, Place, object]) => (test: TestEditor) => {
    test.drag(from, to, held)
  }),
  fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })).map(([x, y]) => (test: TestEditor) => {
    nudge(test.stage, x, y)
    stretch(test.stage, y, x)
  }),
  fc.constant((test: TestEditor) => void test.escape()),
  fc.constant((test: TestEditor) => void test.enter()),
  fc.constant((test: TestEditor) => test.editor.selection.select(test.editor.store.order())),
  fc.constant((test: TestEditor) => test.editor.selection.clear()),
)

it('whatever was done is undone step by step, and done again', () =>
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 5, maxLength: 30 }), (gestures) => {
      const test = new TestEditor({ config: CONFIG, data: { image: '/a.png' } })
      const { history } = test.editor.session
      for (const act of gestures) act(test)
      test.escape()
      const [done, steps] = [test.values(), [] as unknown[]]
      while (history.canUndo && steps.length < 500) {
        steps.push(test.values())
        test.undo()
      }
      expect(test.values()).toEqual([])
      for (const values of steps.reverse()) {
        test.redo()
        expect(test.values()).toEqual(values)
      }
      expect([test.values(), history.canRedo]).toEqual([done, false])
    }),
    { numRuns: 60 },
  ))

it('nothing that is drawn or dragged leaves the picture', () =>
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 5, maxLength: 20 }), (gestures) => {
      const test = new TestEditor({ config: CONFIG, data: { image: '/a.png' } })
      for (const act of gestures) act(test)
      for (const region of test.editor.store.regions()) {
        if (region.family !== 'rectangle' && region.family !== 'polygon') continue
        for (const { x, y } of test.content.outline(region)) {
          expect(x).toBeGreaterThan(-0.01)
          expect(x).toBeLessThan(200.01)
          expect(y).toBeGreaterThan(-0.01)
          expect(y).toBeLessThan(100.01)
        }
      }
    }),
    { numRuns: 60 },
  ))
