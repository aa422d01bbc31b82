import { IconEye, IconLink, IconLock, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { RegionRecord } from '../core/document'
import { labelNames, regionColor } from '../core/labeling'
import { asText } from '../core/references'
import { answerOf, noteOf, scoreOf } from '../core/region'
import { deleteRegions, isEditable, setNote, toggleHidden, toggleLocked } from '../core/regionActions'
import { sameList, useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { GeometryFields } from './GeometryFields'
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
        <Relations regionId={null} />
      </div>
    )
  }
  return (
    <div className="pe-details">
      {only ? <OneRegion key={only.id} region={only} /> : <p>{t('details.several', { count: regions.length })}</p>}
      <Buttons regions={regions} />
      <Relations regionId={only?.id ?? null} />
      {only ? null : <span className="pe-quiet">{editor.isReadonly ? t('bar.readonly') : ''}</span>}
    </div>
  )
}

function OneRegion({ region }: { region: RegionRecord }) {
  const t = useText()
  const { editor } = useEditorScope()
  const score = scoreOf(region)
  const text = region.items.map((item) => item.value?.text).find((value) => typeof value === 'string')
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
      {typeof text === 'string' ? <blockquote className="pe-details__text">{text.slice(0, 400)}</blockquote> : null}
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

function Buttons({ regions }: { regions: readonly RegionRecord[] }) {
  const t = useText()
  const { editor } = useEditorScope()
  const ids = regions.map((region) => region.id)
  const isLinking = useEditor((e) => e.linkingFrom.get() !== null)
  const isFixed = editor.isReadonly || regions.every((region) => !isEditable(editor, region))
  const buttons = [
    {
      key: 'details.relation',
      icon: IconLink,
      isOff: regions.length !== 1 || editor.isReadonly,
      isOn: isLinking,
      run: () => editor.linkingFrom.set(isLinking ? null : (ids[0] ?? null)),
    },
    {
      key: 'regions.lock',
      icon: IconLock,
      isOff: editor.isReadonly,
      isOn: false,
      run: () => toggleLocked(editor, ids),
    },
    { key: 'regions.hide', icon: IconEye, isOff: false, isOn: false, run: () => toggleHidden(editor, ids) },
    { key: 'details.delete', icon: IconTrash, isOff: isFixed, isOn: false, run: () => deleteRegions(editor, ids) },
  ]
  return (
    <div className="pe-details__buttons">
      {buttons.map(({ key, icon: Icon, isOff, isOn, run }) => (
        <button
          key={key}
          type="button"
          className={`pe-icon-button${isOn ? ' pe-icon-button_on' : ''}`}
          aria-label={t(key)}
          title={t(key)}
          disabled={isOff}
          aria-pressed={isOn || undefined}
          onClick={run}
        >
          <Icon size={17} stroke={1.7} aria-hidden="true" />
        </button>
      ))}
    </div>
  )
}
