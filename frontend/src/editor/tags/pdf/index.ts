import { LabelGroup } from '../LabelGroup'
import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'
import { pageBoxCodec } from './codec'

const part = lazyPart(() => import('./PdfTag'))

export const pdf = defineWebTag({
  tags: ['Pdf'],
  regionFamilies: [pageBoxCodec.family],
  load: part.load,
  view: part.view(({ PdfTag }) => PdfTag),
})

export const ocrLabels = defineWebTag({ tags: ['OcrLabels'], codec: pageBoxCodec, view: LabelGroup })
