import { LabelGroup } from '../LabelGroup'
import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'
import { phraseSpanCodec } from './codec'

const part = lazyPart(() => import('./ParagraphsTag'))

export const paragraphs = defineWebTag({
  tags: ['Paragraphs'],
  codec: phraseSpanCodec,
  regionFamilies: ['paragraph'],
  load: part.load,
  view: part.view(({ ParagraphsTag }) => ParagraphsTag),
})

export const paragraphLabels = defineWebTag({ tags: ['ParagraphLabels'], codec: phraseSpanCodec, view: LabelGroup })
