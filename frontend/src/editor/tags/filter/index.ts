import { defineWebTag } from '../tag'
import { FilterTag } from './FilterTag'

export const filter = defineWebTag({ tags: ['Filter'], view: FilterTag })
