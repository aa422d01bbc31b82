import type { Size } from '../../engines/canvas/plane'

const MOST_SIZES = 500
const sizes = new Map<string, Size>()

/** Returns the size of a picture that was loaded before. */
export const sizeOfPicture = (url: string): Size | undefined => sizes.get(url)

/** Remembers how large a picture is, so that it is shown at once the next time. */
export function rememberPicture(url: string, size: Size): void {
  sizes.delete(url)
  sizes.set(url, size)
  const [oldest] = sizes.keys()
  if (sizes.size > MOST_SIZES && oldest !== undefined) sizes.delete(oldest)
}

/** Returns the size of a loaded picture; one that tells none, as some drawings, counts as a single pixel. */
export const naturalSize = ({ naturalWidth, naturalHeight }: HTMLImageElement): Size => ({
  width: naturalWidth || 1,
  height: naturalHeight || 1,
})

/** Loads and decodes a picture beforehand. Hold what is returned: the browser may throw away what nobody holds. */
export function preloadPicture(url: string): HTMLImageElement {
  const picture = new Image()
  picture.onload = () => rememberPicture(url, naturalSize(picture))
  picture.src = url
  // One that cannot be loaded is told when it is shown.
  picture.decode?.().catch(() => {})
  return picture
}
