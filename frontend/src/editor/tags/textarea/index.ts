import { defineWebTag } from '../tag'
import { TextAreaTag } from './TextAreaTag'

export const textarea = defineWebTag({ tags: ['TextArea'], view: TextAreaTag })
