import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'

export const list = defineWebTag({
  tags: ['List'],
  view: lazyView(() => import('./ListTag').then((part) => part.ListTag)),
})
