import { LabelGroup } from '../LabelGroup'
import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'
import { htmlSpanCodec } from './codec'

const part = lazyPart(() => import('./HyperTextTag'))

export const hyperText = defineWebTag({
  tags: ['HyperText'],
  codec: htmlSpanCodec,
  regionFamilies: ['hypertext'],
  load: part.load,
  view: part.view(({ HyperTextTag }) => HyperTextTag),
})

export const hyperTextLabels = defineWebTag({ tags: ['HyperTextLabels'], codec: htmlSpanCodec, view: LabelGroup })
