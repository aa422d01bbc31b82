import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../useText'
import { PageRegions } from './PageRegions'
import { wordsOf } from './pageText'

interface PdfPageProps {
  readonly pdf: PDFDocumentProxy
  /** From 1. */
  readonly number: number
  /** Width in pixels of the window. */
  readonly width: number
  readonly rotation: number
  /** Name of the tag. */
  readonly object: string
}

/** One page; it is drawn when it comes near the window. */
export function PdfPage({ pdf, number, width, rotation, object }: PdfPageProps) {
  const t = useText()
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isNear, setNear] = useState(false)
  const [ratio, setRatio] = useState(Math.SQRT2)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const seen = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), { rootMargin: '600px' })
    seen.observe(element)
    return () => seen.disconnect()
  }, [])
  useEffect(() => {
    if (!isNear || width <= 0) return
    let isGone = false
    let stop = () => {}
    void pdf.getPage(number).then((page) => {
      const element = canvas.current
      if (isGone || !element) return
      const turned = (page.rotate + rotation) % 360
      const natural = page.getViewport({ scale: 1, rotation: turned })
      setRatio(natural.height / natural.width)
      const scale = (width / natural.width) * Math.min(window.devicePixelRatio || 1, 2)
      const viewport = page.getViewport({ scale, rotation: turned })
      element.width = Math.floor(viewport.width)
      element.height = Math.floor(viewport.height)
      const drawing = page.render({ canvas: element, viewport })
      stop = () => drawing.cancel()
      drawing.promise.catch(() => {})
    })
    return () => {
      isGone = true
      stop()
    }
  }, [pdf, number, width, rotation, isNear])
  const height = width * ratio
  return (
    <div ref={frame} className="pe-pdf__page" data-page={number} style={{ width, height }}>
      {isNear ? <canvas ref={canvas} role="img" aria-label={t('pdf.page', { number })} /> : null}
      {isNear ? (
        <PageRegions
          object={object}
          number={number}
          view={
            rotation % 180 === 0 ? { width, height, turn: rotation } : { width: height, height: width, turn: rotation }
          }
          words={() => pdf.getPage(number).then(wordsOf)}
        />
      ) : null}
    </div>
  )
}
