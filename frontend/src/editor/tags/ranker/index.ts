import { lazyPart } from '../lazyPart'
import { loadHtml } from '../SafeHtml'
import { defineWebTag } from '../tag'
import { finishRanking } from './ranking'

const part = lazyPart(() => import('./RankerTag'))

export const ranker = defineWebTag({
  tags: ['Ranker'],
  load: () => Promise.all([part.load(), loadHtml()]),
  view: part.view(({ RankerTag }) => RankerTag),
  finish: finishRanking,
})
