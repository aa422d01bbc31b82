import type { Control } from '../../core/taskConfig'
import { lazyPart } from '../lazyPart'
import { defineWebTag } from '../tag'
import { checkPaths } from './picking'

const part = lazyPart(() => import('./TaxonomyTag'))

function preset(control: Control) {
  const chosen = control.words.filter((word) => word.node.attrs.selected === 'true')
  const isAnswer = !control.isLabels && chosen.length > 0
  return isAnswer ? { taxonomy: chosen.map((word) => word.path) } : undefined
}

export const taxonomy = defineWebTag({
  tags: ['Taxonomy'],
  load: part.load,
  view: part.view(({ TaxonomyTag }) => TaxonomyTag),
  preset,
  check: checkPaths,
})
