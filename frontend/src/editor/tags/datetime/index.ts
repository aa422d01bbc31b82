import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./DateTimeTag'))

export const dateTime = defineWebTag({
  tags: ['DateTime'],
  load: part.load,
  view: part.view(({ DateTimeTag }) => DateTimeTag),
  // Whoever can give a date has the code of the control.
  check: (control, answer) => part.loaded?.checkDate(control, answer) ?? null,
})
