import { defineCanvas } from '../tag'
import { rectangleShape } from './shape'
import { rectangleTools } from './tool'

export const rectangleCanvas = defineCanvas({ shape: rectangleShape, tools: rectangleTools })
