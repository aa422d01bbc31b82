import { defineWebTag } from '../tag'
import { CollapseTag, PanelTag } from './CollapseTag'

export const collapse = defineWebTag({ tags: ['Collapse'], view: CollapseTag })
export const panel = defineWebTag({ tags: ['Panel'], view: PanelTag })
