import { lazyPart } from '../lazyPart'
import { loadHtml } from '../SafeHtml'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./ListTag'))

export const list = defineWebTag({
  tags: ['List'],
  load: () => Promise.all([part.load(), loadHtml()]),
  view: part.view(({ ListTag }) => ListTag),
})
