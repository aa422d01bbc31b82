import { defineWebTag } from '../tag'
import { PairSide } from './PairSide'

export const pairwise = defineWebTag({ tags: ['Pairwise'], view: () => null, frame: PairSide })
