import { bytesOfDataUrl, decodePng } from './png'
import { type Mask, maskOfPixels } from './runs'

/** Returns the painted pixels of a picture in a data URL; `null` if it cannot be read. */
export async function readImage(url: string): Promise<Mask | null> {
  const bytes = bytesOfDataUrl(url)
  if (!bytes) return null
  try {
    return (await decodePng(bytes)) ?? (await readByBrowser(url, bytes))
  } catch {
    return null
  }
}

/** Kinds of pictures that are rare as masks are read by the browser. */
async function readByBrowser(url: string, bytes: Uint8Array): Promise<Mask | null> {
  if (typeof createImageBitmap === 'undefined' || typeof OffscreenCanvas === 'undefined') return null
  const type = /^data:([^;,]*)/.exec(url)?.[1] ?? ''
  const bitmap = await createImageBitmap(new Blob([bytes as BlobPart], { type }))
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context?.drawImage(bitmap, 0, 0)
  bitmap.close()
  const pixels = context?.getImageData(0, 0, width, height).data
  if (!pixels) return null
  const alphas = Uint8Array.from({ length: width * height }, (_, at) => pixels[at * 4 + 3] as number)
  return maskOfPixels(alphas, width, height)
}
