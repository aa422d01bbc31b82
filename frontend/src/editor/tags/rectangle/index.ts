import { LabelGroup } from '../LabelGroup'
import { defineWebTag } from '../tag'
import { rectangleCodec } from './codec'
import { rectangleShape } from './shape'
import { rectangleTools } from './tool'

const keys = rectangleTools.map((tool) => tool.hotkey)

export const rectangle = defineWebTag({
  tags: ['Rectangle'],
  codec: rectangleCodec,
  shape: rectangleShape,
  canvasTools: rectangleTools,
  view: () => null,
  toolKeys: () => keys,
})

export const rectangleLabels = defineWebTag({
  tags: ['RectangleLabels'],
  codec: rectangleCodec,
  shape: rectangleShape,
  canvasTools: rectangleTools,
  view: LabelGroup,
  toolKeys: () => keys,
})
