import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'
import { finishRanking } from './ranking'

export const ranker = defineWebTag({
  tags: ['Ranker'],
  view: lazyView(() => import('./RankerTag').then((part) => part.RankerTag)),
  finish: finishRanking,
})
