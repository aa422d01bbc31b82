import { defineWebTag } from '../tag'
import { HeaderTag } from './HeaderTag'
import { StyleTag } from './StyleTag'
import { ViewTag } from './ViewTag'

export const view = defineWebTag({ tags: ['View'], view: ViewTag })
export const header = defineWebTag({ tags: ['Header'], view: HeaderTag })
export const style = defineWebTag({ tags: ['Style'], view: StyleTag })
