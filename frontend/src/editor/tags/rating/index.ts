import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./RatingTag'))

export const rating = defineWebTag({
  tags: ['Rating'],
  load: part.load,
  view: part.view(({ RatingTag }) => RatingTag),
})
