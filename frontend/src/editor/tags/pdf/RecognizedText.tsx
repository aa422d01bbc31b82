import { useState } from 'react'
import type { RegionRecord } from '../../core/document'
import { asText } from '../../core/references'
import { reshape } from '../../core/regionActions'
import { useEditorScope } from '../EditorContext'
import { useText } from '../useText'
import type { PageBox } from './codec'

interface RecognizedTextProps {
  readonly region: RegionRecord
  readonly isFree: boolean
  /** Where it stands, in fractions of the page. */
  readonly left: number
  readonly top: number
}

/** The words in a box, to be mended. */
export function RecognizedText({ region, isFree, left, top }: RecognizedTextProps) {
  const t = useText()
  const { editor } = useEditorScope()
  const box = region.shape as PageBox
  const stored = asText(box.ocrtext)
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    if (draft !== null && draft !== stored) {
      editor.mark('words in a box')
      reshape(editor, region.id, { ...box, ocrtext: draft })
    }
    setDraft(null)
  }
  return (
    <div
      className="pe-page-text"
      style={{ left: `${Math.min(left, 0.6) * 100}%`, top: `${top * 100}%` }}
      onPointerDown={(event) => event.stopPropagation()}
    >
      <textarea
        className="pe-input"
        rows={rowsFor(draft ?? stored)}
        aria-label={t('pdf.words')}
        placeholder={t('pdf.words')}
        disabled={!isFree}
        value={draft ?? stored}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
            event.preventDefault()
            event.currentTarget.blur()
          } else if (event.key === 'Escape') {
            event.stopPropagation()
            setDraft(null)
          }
        }}
      />
    </div>
  )
}

const PER_ROW = 34
const MOST_ROWS = 5

const rowsFor = (text: string): number =>
  Math.min(
    MOST_ROWS,
    text.split('\n').reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / PER_ROW)), 0),
  )
