import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'

export const table = defineWebTag({
  tags: ['Table'],
  view: lazyView(() => import('./TableTag').then((part) => part.TableTag)),
})
