import type { Control } from '../../core/taskConfig'
import { lazyView } from '../lazyView'
import { defineWebTag } from '../tag'
import { checkPaths } from './picking'

function preset(control: Control) {
  const chosen = control.words.filter((word) => word.node.attrs.selected === 'true')
  const isAnswer = !control.isLabels && chosen.length > 0
  return isAnswer ? { taxonomy: chosen.map((word) => word.path) } : undefined
}

export const taxonomy = defineWebTag({
  tags: ['Taxonomy'],
  view: lazyView(() => import('./TaxonomyTag').then((part) => part.TaxonomyTag)),
  preset,
  check: checkPaths,
})
