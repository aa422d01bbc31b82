import { defineWebTag } from '../tag'
import { finishNumber } from './finish'
import { NumberTag } from './NumberTag'
import { checkNumber } from './numbers'

export const number = defineWebTag({ tags: ['Number'], view: NumberTag, check: checkNumber, finish: finishNumber })
