import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./RepeaterTag'))

export const repeater = defineWebTag({
  tags: ['Repeater'],
  load: part.load,
  view: part.view(({ RepeaterTag }) => RepeaterTag),
})
