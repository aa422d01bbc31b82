import type { RegionRecord } from '../../core/document'
import type { AnswerProblem } from '../../core/problems'
import type { Control } from '../../core/taskConfig'
import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { vectorCodec } from './codec'
import type { Vector } from './region'

const TOOL_KEYS = ['P']

/** Paths may have too few points when they were imported, or left while they were drawn. */
function checkPaths(control: Control, paths: readonly RegionRecord[]): AnswerProblem | null {
  const least = Number(control.node.attrs.minPoints) || 0
  const isShort = paths.some((path) => (path.shape as Vector).vertices.length < least)
  return isShort ? { key: 'vector.few', values: { name: control.name, count: least } } : null
}

const shared = {
  checkRegions: checkPaths,
  codec: vectorCodec,
  canvas: () => import('./canvas').then((part) => part.vectorCanvas),
  toolKeys: () => TOOL_KEYS,
}

export const vector = defineWebTag({ ...shared, tags: ['Vector'], view: () => null })

export const vectorLabels = defineWebTag({ ...shared, tags: ['VectorLabels'], view: LabelGroup })
