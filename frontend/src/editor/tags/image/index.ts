import { defineWebTag } from '../tag'
import { ImageTag, imagePart } from './ImageTag'

const KEYS = ['V', 'H', 'shift+1', 'shift+2', 'ctrl+plus', 'ctrl+minus']

export const image = defineWebTag({
  tags: ['Image'],
  regionFamilies: ['rectangle', 'ellipse', 'polygon', 'vector', 'brush', 'bitmask', 'keypoint'],
  load: imagePart.load,
  view: ImageTag,
  toolKeys: () => KEYS,
})
