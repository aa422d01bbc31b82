import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'
import { checkDate } from './dates'

export const dateTime = defineWebTag({
  tags: ['DateTime'],
  view: lazyView(() => import('./DateTimeTag').then((part) => part.DateTimeTag)),
  check: checkDate,
})
