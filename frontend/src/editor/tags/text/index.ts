import { defineWebTag } from '../tag'
import { textSpanCodec } from './codec'
import { TextTag } from './TextTag'

export const text = defineWebTag({ tags: ['Text'], codec: textSpanCodec, regionFamilies: ['text'], view: TextTag })
