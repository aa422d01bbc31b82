import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./TableTag'))

export const table = defineWebTag({
  tags: ['Table'],
  load: part.load,
  view: part.view(({ TableTag }) => TableTag),
})
