import { LabelGroup } from '../LabelGroup'
import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'
import { htmlSpanCodec } from './codec'

export const hyperText = defineWebTag({
  tags: ['HyperText'],
  codec: htmlSpanCodec,
  regionFamilies: ['hypertext'],
  view: lazyView(() => import('./HyperTextTag').then((part) => part.HyperTextTag)),
})

export const hyperTextLabels = defineWebTag({ tags: ['HyperTextLabels'], codec: htmlSpanCodec, view: LabelGroup })
