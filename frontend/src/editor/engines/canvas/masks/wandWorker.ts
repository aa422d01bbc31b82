import type { Pixels } from '../stage'
import { floodFill } from './floodFill'

let pixels: Pixels | null = null

/** Takes the picture once, then `[number, x, y, threshold, blur radius]`; answers `[number, mask]`. */
addEventListener('message', ({ data }: MessageEvent<Pixels | readonly [number, number, number, number, number]>) => {
  if ('data' in data) {
    pixels = data
    return
  }
  const [question, x, y, threshold, blur] = data
  if (pixels) postMessage([question, floodFill(pixels, x, y, threshold, blur)])
})
