import type { PDFPageProxy } from 'pdfjs-dist'
import type { PageWord } from './pagePlaces'

const known = new WeakMap<PDFPageProxy, Promise<readonly PageWord[]>>()

/** Returns the words of a page as its text layer has them; none if it is only a picture. */
export function wordsOf(page: PDFPageProxy): Promise<readonly PageWord[]> {
  const read = known.get(page) ?? readWords(page).catch(() => [])
  known.set(page, read)
  return read
}

async function readWords(page: PDFPageProxy): Promise<readonly PageWord[]> {
  const viewport = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  return items.flatMap((item): PageWord[] => {
    if (!('str' in item) || item.str.trim() === '') return []
    const [a = 1, b = 0, , , x = 0, y = 0] = item.transform as number[]
    const size = Math.hypot(a, b) || 1
    const end = [x + (a / size) * item.width, y + (b / size) * item.width] as const
    const [left, bottom] = viewport.convertToViewportPoint(x, y) as [number, number]
    const [right, top] = viewport.convertToViewportPoint(
      end[0] - (b / size) * item.height,
      end[1] + (a / size) * item.height,
    ) as [number, number]
    return [
      {
        text: item.str,
        left: Math.min(left, right) / viewport.width,
        right: Math.max(left, right) / viewport.width,
        middle: (top + bottom) / 2 / viewport.height,
        height: Math.abs(bottom - top) / viewport.height,
      },
    ]
  })
}
