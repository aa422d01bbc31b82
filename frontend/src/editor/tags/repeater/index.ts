import { defineWebTag } from '../tag'
import { RepeaterTag } from './RepeaterTag'

export const repeater = defineWebTag({ tags: ['Repeater'], view: RepeaterTag })
