import { lazyPart } from '../lazyPart'
import { loadHtml } from '../SafeHtml'
import { defineWebTag } from '../tag'

const part = lazyPart(() => import('./MarkdownTag'))

export const markdown = defineWebTag({
  tags: ['Markdown'],
  load: () => Promise.all([part.load(), loadHtml()]),
  view: part.view(({ MarkdownTag }) => MarkdownTag),
})
