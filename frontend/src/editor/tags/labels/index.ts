import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { LabelTag } from './LabelTag'

export const label = defineWebTag({ tags: ['Label'], view: LabelTag })
export const labels = defineWebTag({ tags: ['Labels'], view: LabelGroup })
