import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'

export const pdf = defineWebTag({
  tags: ['Pdf'],
  view: lazyView(() => import('./PdfTag').then((part) => part.PdfTag)),
})
