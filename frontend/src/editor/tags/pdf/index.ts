import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./PdfTag'))

export const pdf = defineWebTag({
  tags: ['Pdf'],
  load: part.load,
  view: part.view(({ PdfTag }) => PdfTag),
})
