import { LabelGroup } from '../LabelGroup'
import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'
import { phraseSpanCodec } from './codec'

export const paragraphs = defineWebTag({
  tags: ['Paragraphs'],
  codec: phraseSpanCodec,
  regionFamilies: ['paragraph'],
  view: lazyView(() => import('./ParagraphsTag').then((part) => part.ParagraphsTag)),
})

export const paragraphLabels = defineWebTag({ tags: ['ParagraphLabels'], codec: phraseSpanCodec, view: LabelGroup })
