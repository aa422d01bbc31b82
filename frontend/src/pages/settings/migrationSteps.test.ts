import { expect, it } from 'vitest'
import type { ConfigChange } from '@/api/queries/configChanges'
import { changeKey, choicesOf, firstChoice, stepsOf } from './migrationSteps'

const numbers = { annotations: 3, tasks: 2, drafts: 0, predictions: 1, views: 0, is_exact: true }
const car: ConfigChange = {
  ...numbers,
  kind: 'label_removed',
  control: 'box',
  label: 'Car',
  steps: [
    { action: 'rename_label', to: ['Auto'] },
    { action: 'merge_label', to: ['Bus', 'Bicycle'] },
    { action: 'drop_label', to: [] },
    { action: 'keep', to: [] },
  ],
}
const mood: ConfigChange = {
  ...numbers,
  kind: 'control_removed',
  control: 'mood',
  label: null,
  steps: [
    { action: 'rename_control', to: ['feeling', 'tone'] },
    { action: 'drop_control', to: [] },
    { action: 'keep', to: [] },
  ],
}

it('offers each target of a step by itself', () => {
  expect(choicesOf(car).map(({ id }) => id)).toEqual([
    'rename_label Auto',
    'merge_label Bus',
    'merge_label Bicycle',
    'drop_label',
    'keep',
  ])
})

it('takes a single new name for the old one, and guesses nothing else', () => {
  expect(firstChoice(car)).toEqual({ id: 'rename_label Auto', action: 'rename_label', to: 'Auto' })
  expect(firstChoice(mood)?.action).toBe('keep')
  expect(firstChoice({ ...mood, steps: [{ action: 'drop_control', to: [] }] })?.action).toBe('drop_control')
})

it('takes answers to the one object that their control is about now', () => {
  const gone: ConfigChange = {
    ...mood,
    kind: 'target_changed',
    steps: [
      { action: 'retarget_control', to: ['photo'] },
      { action: 'drop_control', to: [] },
    ],
  }
  expect(stepsOf([gone], {})).toEqual([{ action: 'retarget_control', control: 'mood', to: 'photo' }])
})

it('asks for what was chosen; what stays is not asked for', () => {
  expect(stepsOf([car, mood], {})).toEqual([{ action: 'rename_label', control: 'box', label: 'Car', to: 'Auto' }])
  expect(stepsOf([car, mood], { [changeKey(car)]: 'keep', [changeKey(mood)]: 'drop_control' })).toEqual([
    { action: 'drop_control', control: 'mood' },
  ])
  expect(stepsOf([car], { [changeKey(car)]: 'merge_label Bus' })[0]?.to).toBe('Bus')
  expect(stepsOf([car], { [changeKey(car)]: 'merge_label Gone' })[0]?.action).toBe('rename_label')
})
