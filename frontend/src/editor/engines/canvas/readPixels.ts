import type { Pixels } from './stage'

/** Returns the pixels of a picture; `null` if it comes from elsewhere and the browser does not let the page read it. */
export async function readPixels(picture: HTMLImageElement): Promise<Pixels | null> {
  const { naturalWidth: width, naturalHeight: height } = picture
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context || width === 0 || height === 0) return null
  context.drawImage(picture, 0, 0)
  try {
    return { width, height, data: context.getImageData(0, 0, width, height).data }
  } catch {
    return null
  }
}
