import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'
import { textSpanCodec } from './codec'

const part = lazyPart(() => import('./TextTag'))

export const text = defineWebTag({
  tags: ['Text'],
  codec: textSpanCodec,
  regionFamilies: ['text'],
  load: part.load,
  view: part.view(({ TextTag }) => TextTag),
})
