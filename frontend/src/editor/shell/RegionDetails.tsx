import { useState } from 'react'
import type { RegionRecord } from '../core/document'
import { labelNames, regionColor } from '../core/labeling'
import { asText } from '../core/references'
import { answerOf, excerptOf, noteOf, scoreOf } from '../core/region'
import { isEditable, setNote } from '../core/regionActions'
import { sameList, useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { GeometryFields } from './GeometryFields'
import { RegionButtons } from './RegionButtons'
import { Relations } from './Relations'

/** What is known of the selected region, and what can be done with it. */
export function RegionDetails() {
  const t = useText()
  const { editor } = useEditorScope()
  const regions = useEditor((e) => [...e.selection.get()].flatMap((id) => e.store.region(id) ?? []), sameList)
  const only = regions.length === 1 ? regions[0] : undefined
  if (regions.length === 0) {
    return (
      <div className="pe-details">
        <p className="pe-quiet">{t('details.none')}</p>
      </div>
    )
  }
  return (
    <div className="pe-details">
      {only ? <OneRegion key={only.id} region={only} /> : <SeveralRegions regions={regions} />}
      <RegionButtons regions={regions} />
      {only ? <Relations regionId={only.id} /> : null}
      {only ? null : <span className="pe-quiet">{editor.isReadonly ? t('bar.readonly') : ''}</span>}
    </div>
  )
}

function OneRegion({ region }: { region: RegionRecord }) {
  const t = useText()
  const { editor } = useEditorScope()
  const score = scoreOf(region)
  const text = excerptOf(region)
  const answers = [...editor.config.controls.values()].filter(
    (control) => control.isPerRegion && answerOf(region, control) !== undefined,
  )
  return (
    <>
      <div className="pe-details__labels">
        {labelNames(editor, region).map((label) => (
          <span
            key={label}
            className="pe-chip"
            style={{ '--pe-color': regionColor(editor, region) } as React.CSSProperties}
          >
            {label}
          </span>
        ))}
        <code className="pe-details__id" title={t('details.id')}>
          {region.id}
        </code>
        {score === null ? null : <span title={t('details.score')}>{score.toFixed(2)}</span>}
      </div>
      {text !== '' ? <blockquote className="pe-details__text">{text.slice(0, 400)}</blockquote> : null}
      <GeometryFields region={region} />
      {answers.map((control) => (
        <div key={control.name} className="pe-details__answer">
          <span className="pe-quiet">{control.name}</span> {shownAnswer(answerOf(region, control))}
        </div>
      ))}
      <Note region={region} />
    </>
  )
}

const shownAnswer = (answer: ReturnType<typeof answerOf>): string =>
  Array.isArray(answer)
    ? answer.map((part) => (Array.isArray(part) ? part.join(' / ') : asText(part))).join(', ')
    : asText(answer)

function Note({ region }: { region: RegionRecord }) {
  const t = useText()
  const { editor } = useEditorScope()
  const stored = noteOf(region)
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    if (draft !== null && draft !== stored) setNote(editor, region.id, draft.trim())
    setDraft(null)
  }
  return (
    <label className="pe-field">
      <span className="pe-quiet">{t('details.note')}</span>
      <textarea
        data-pe-note=""
        rows={2}
        className="pe-input"
        title={t('details.noteHint')}
        value={draft ?? stored}
        disabled={!isEditable(editor, region)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            event.currentTarget.blur()
          }
        }}
      />
    </label>
  )
}

const LISTED = 12

function SeveralRegions({ regions }: { regions: readonly RegionRecord[] }) {
  const t = useText()
  const { editor } = useEditorScope()
  return (
    <>
      <p>{t('details.several', { count: regions.length })}</p>
      <ul className="pe-details__list">
        {regions.slice(0, LISTED).map((region) => (
          <li key={region.id} style={{ '--pe-color': regionColor(editor, region) } as React.CSSProperties}>
            <span className="pe-dot" />
            <button type="button" className="pe-link" onClick={() => editor.selection.select([region.id])}>
              {labelNames(editor, region).join(', ') || t('regions.noLabel')}
            </button>
          </li>
        ))}
      </ul>
      {regions.length > LISTED ? (
        <p className="pe-quiet">{t('details.more', { count: regions.length - LISTED })}</p>
      ) : null}
    </>
  )
}
