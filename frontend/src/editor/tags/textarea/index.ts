import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./TextAreaTag'))

export const textarea = defineWebTag({
  tags: ['TextArea'],
  load: part.load,
  view: part.view(({ TextAreaTag }) => TextAreaTag),
})
