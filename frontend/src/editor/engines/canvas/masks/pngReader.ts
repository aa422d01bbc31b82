import { readImage } from './readImage'
import type { Mask } from './runs'

interface Job {
  readonly url: string
  readonly done: (mask: Mask | null) => void
}

const jobs = new Map<number, Job>()
let worker: Worker | null = null
let lastJob = 0

/** Returns the painted pixels of a picture in a data URL, read aside from the page; `null` if it cannot be read. */
export function readMask(url: string): Promise<Mask | null> {
  if (typeof Worker === 'undefined') return readImage(url)
  return new Promise((done) => {
    lastJob += 1
    jobs.set(lastJob, { url, done })
    worker ??= begin()
    worker.postMessage([lastJob, url])
  })
}

/** The worker lives as long as there is something to read. */
function begin(): Worker {
  const begun = new Worker(new URL('./pngWorker.ts', import.meta.url), { type: 'module' })
  begun.addEventListener('message', ({ data: [job, mask] }: MessageEvent<readonly [number, Mask | null]>) => {
    jobs.get(job)?.done(mask)
    jobs.delete(job)
    if (jobs.size === 0) end()
  })
  // Where workers are forbidden, the page reads by itself.
  begun.addEventListener('error', () => {
    const waiting = [...jobs.values()]
    jobs.clear()
    end()
    for (const { url, done } of waiting) void readImage(url).then(done)
  })
  return begun
}

function end(): void {
  worker?.terminate()
  worker = null
}
