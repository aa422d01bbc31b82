import { isList, type Json } from '../../core/json'
import type { AnswerProblem } from '../../core/problems'
import type { Control } from '../../core/taskConfig'
import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'
import { choose } from './choosing'

function preset(control: Control) {
  const words = control.words.filter((word) => word.node.attrs.selected === 'true')
  const chosen = control.node.attrs.choice === 'multiple' ? words : words.slice(0, 1)
  if (chosen.length === 0) return undefined
  const isNested = control.node.attrs.allowNested === 'true'
  return { choices: chosen.map((word) => (isNested ? word.path : word.word)) }
}

function check(control: Control, answer: Json): AnswerProblem | null {
  const isMany = isList(answer) && answer.length > 1 && control.node.attrs.choice !== 'multiple'
  return isMany ? { key: 'validation.tooMany', values: { name: control.name } } : null
}

const part = lazyPart(() => import('./parts'))

export const choice = defineWebTag({ tags: ['Choice'], view: part.view(({ ChoiceTag }) => ChoiceTag) })
export const choices = defineWebTag({
  tags: ['Choices'],
  load: part.load,
  view: part.view(({ ChoicesTag }) => ChoicesTag),
  preset,
  check,
  pick: choose,
})
