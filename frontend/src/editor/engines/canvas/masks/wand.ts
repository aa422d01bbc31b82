import type { Pixels } from '../stage'
import { floodFill } from './floodFill'
import type { Mask } from './runs'

/** Finds areas of one color in a picture, aside from the page. */
export class Wand {
  private readonly worker: Worker | null
  private readonly answers = new Map<number, (mask: Mask) => void>()
  private lastQuestion = 0

  constructor(private readonly pixels: Pixels) {
    this.worker =
      typeof Worker === 'undefined' ? null : new Worker(new URL('./wandWorker.ts', import.meta.url), { type: 'module' })
    this.worker?.addEventListener('message', ({ data: [question, mask] }: MessageEvent<readonly [number, Mask]>) => {
      this.answers.get(question)?.(mask)
      this.answers.delete(question)
    })
    this.worker?.postMessage(pixels, [pixels.data.buffer as ArrayBuffer])
  }

  /** Returns the area around a place. */
  find(x: number, y: number, threshold: number, blurRadius: number): Promise<Mask> {
    const { worker } = this
    if (!worker) return Promise.resolve(floodFill(this.pixels, x, y, threshold, blurRadius))
    return new Promise((done) => {
      this.lastQuestion += 1
      this.answers.set(this.lastQuestion, done)
      worker.postMessage([this.lastQuestion, x, y, threshold, blurRadius])
    })
  }

  /** Releases the worker; answers that are still to come do not. */
  destroy(): void {
    this.worker?.terminate()
  }
}
