import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./DialogTag'))

export const dialog = defineWebTag({
  tags: ['Dialog'],
  load: part.load,
  view: part.view(({ DialogTag }) => DialogTag),
})
