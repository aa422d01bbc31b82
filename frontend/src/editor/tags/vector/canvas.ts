import { defineCanvas } from '../tag'
import { vectorShape } from './shape'
import { vectorTool } from './tool'

export const vectorCanvas = defineCanvas({ shape: vectorShape, tools: [vectorTool] })
