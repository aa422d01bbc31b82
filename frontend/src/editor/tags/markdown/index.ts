import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'

export const markdown = defineWebTag({
  tags: ['Markdown'],
  view: lazyView(() => import('./MarkdownTag').then((part) => part.MarkdownTag)),
})
