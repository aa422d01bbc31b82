import { defineCanvas } from '../tag'
import { polygonShape } from './shape'
import { polygonTool } from './tool'

export const polygonCanvas = defineCanvas({ shape: polygonShape, tools: [polygonTool] })
