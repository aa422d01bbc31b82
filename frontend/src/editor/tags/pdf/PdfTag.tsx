import { useEffect, useRef, useState } from 'react'
import { asText } from '../../core/references'
import { useEditorScope } from '../EditorContext'
import { LoadError } from '../LoadError'
import type { TagViewProps } from '../tag'
import { useText } from '../useText'
import { PdfPage } from './PdfPage'
import { useBoxKeys } from './useBoxKeys'
import { usePageView } from './usePageView'
import { usePdf } from './usePdf'

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3]
const MARGIN = 24

/** A PDF document: its pages, one below the other. */
export function PdfTag({ node }: TagViewProps) {
  const t = useText()
  const { setScope } = useEditorScope()
  const use = () => setScope(node.attrs.name ?? '')
  const url = asText(node.data)
  const { pdf, isFailed } = usePdf(url)
  const pages = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(0)
  const [zoom, setZoom] = useState(1)
  const [rotation, setRotation] = useState(0)
  const [shown, setShown] = useState(1)
  useEffect(() => {
    const element = pages.current
    if (!element || !pdf) return
    const resized = new ResizeObserver(() => setRoom(element.clientWidth - MARGIN))
    resized.observe(element)
    return () => resized.disconnect()
  }, [pdf])
  useBoxKeys(node.attrs.name ?? '', shown)
  usePageView(node.attrs.name ?? '', pages, pdf !== null)
  if (isFailed) return <LoadError attribute="value" url={url} />
  if (!pdf) return <p className="pe-quiet">{t('objects.loading')}</p>
  const step = (by: 1 | -1) => setZoom(ZOOMS[ZOOMS.indexOf(zoom) + by] ?? zoom)
  const turnTo = (number: number) => {
    const page = Math.min(Math.max(number || 1, 1), pdf.numPages)
    pages.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: 'start' })
    setShown(page)
  }
  const follow = () => {
    const element = pages.current
    if (!element) return
    const top = element.getBoundingClientRect().top + element.clientHeight / 3
    const past = [...element.children].filter((page) => page.getBoundingClientRect().top <= top)
    setShown(Math.max(1, past.length))
  }
  return (
    <section
      className="pe-object lsf-object pe-pdf htx-pdf"
      aria-label={t('objects.pdf', { name: node.attrs.name })}
      onPointerDown={use}
      onFocus={use}
    >
      <div className="pe-pdf__bar" role="toolbar" aria-label={t('pdf.tools')}>
        <button type="button" className="pe-button" disabled={shown <= 1} onClick={() => turnTo(shown - 1)}>
          ‹<span className="pe-hidden">{t('pdf.previous')}</span>
        </button>
        <input
          type="number"
          className="pe-input pe-input_small pe-pdf__number"
          aria-label={t('pdf.number')}
          min={1}
          max={pdf.numPages}
          value={shown}
          onChange={(event) => turnTo(Number(event.target.value))}
        />
        <span className="pe-quiet">{t('pdf.of', { count: pdf.numPages })}</span>
        <button type="button" className="pe-button" disabled={shown >= pdf.numPages} onClick={() => turnTo(shown + 1)}>
          ›<span className="pe-hidden">{t('pdf.next')}</span>
        </button>
        <span className="pe-pdf__gap" />
        <button type="button" className="pe-button" disabled={zoom === ZOOMS[0]} onClick={() => step(-1)}>
          −<span className="pe-hidden">{t('tools.zoomOut')}</span>
        </button>
        <button type="button" className="pe-button" onClick={() => setZoom(1)} title={t('tools.fit')}>
          {Math.round(zoom * 100)} %
        </button>
        <button type="button" className="pe-button" disabled={zoom === ZOOMS.at(-1)} onClick={() => step(1)}>
          +<span className="pe-hidden">{t('tools.zoomIn')}</span>
        </button>
        <button type="button" className="pe-button" onClick={() => setRotation((rotation + 90) % 360)}>
          ↻<span className="pe-hidden">{t('tools.rotateRight')}</span>
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the pages must scroll by keys */}
      <div ref={pages} className="pe-pdf__pages" tabIndex={0} onScroll={follow}>
        {Array.from({ length: pdf.numPages }, (_, at) => at + 1).map((number) => (
          <PdfPage
            key={number}
            pdf={pdf}
            number={number}
            width={Math.max(0, room) * zoom}
            rotation={rotation}
            object={node.attrs.name ?? ''}
          />
        ))}
      </div>
    </section>
  )
}
