import { defineWebTag } from '../tag'
import { RatingTag } from './RatingTag'

export const rating = defineWebTag({ tags: ['Rating'], view: RatingTag })
