import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./FilterTag'))

export const filter = defineWebTag({
  tags: ['Filter'],
  load: part.load,
  view: part.view(({ FilterTag }) => FilterTag),
})
