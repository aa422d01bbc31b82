import { isList, type Json } from '../../core/json'
import type { AnswerProblem } from '../../core/problems'
import type { Control } from '../../core/taskConfig'
import { defineWebTag } from '../tag'
import { ChoicesTag } from './ChoicesTag'
import { ChoiceTag } from './ChoiceTag'
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

export const choice = defineWebTag({ tags: ['Choice'], view: ChoiceTag })
export const choices = defineWebTag({ tags: ['Choices'], view: ChoicesTag, preset, check, pick: choose })
