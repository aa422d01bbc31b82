import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'

export const dialog = defineWebTag({
  tags: ['Dialog'],
  view: lazyView(() => import('./DialogTag').then((part) => part.DialogTag)),
})
