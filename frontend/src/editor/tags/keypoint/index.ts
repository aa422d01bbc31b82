import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { keyPointCodec } from './codec'

const TOOL_KEYS = ['K']
const shared = {
  codec: keyPointCodec,
  canvas: () => import('./canvas').then((part) => part.keyPointCanvas),
  toolKeys: () => TOOL_KEYS,
}

export const keyPoint = defineWebTag({ ...shared, tags: ['KeyPoint'], view: () => null })

export const keyPointLabels = defineWebTag({ ...shared, tags: ['KeyPointLabels'], view: LabelGroup })
