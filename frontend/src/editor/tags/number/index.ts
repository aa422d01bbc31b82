import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'
import { finishNumber } from './finish'
import { checkNumber } from './numbers'

const part = lazyPart(() => import('./NumberTag'))

export const number = defineWebTag({
  tags: ['Number'],
  load: part.load,
  view: part.view(({ NumberTag }) => NumberTag),
  check: checkNumber,
  finish: finishNumber,
})
