import { readImage } from './readImage'

/** Reads masks aside from the page: takes `[number, data URL]`, answers `[number, mask or null]`. */
addEventListener('message', async ({ data: [job, url] }: MessageEvent<readonly [number, string]>) => {
  const mask = await readImage(url)
  postMessage([job, mask])
})
