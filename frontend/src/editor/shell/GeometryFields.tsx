import { useState } from 'react'
import type { RegionRecord } from '../core/document'
import { numberOf } from '../core/json'
import { isEditable, reshape } from '../core/regionActions'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { changedShape, type GeometryField, geometryFields } from './geometry'

/** The numbers of a region, in percent or pixels of the picture; those of shapes can be changed, also by arrow keys. */
export function GeometryFields({ region }: { region: RegionRecord }) {
  const t = useText()
  const { editor } = useEditorScope()
  const canChange = useEditor((e) => isEditable(e, region))
  const isInPixels = useEditor((e) => e.settings.get().showPixels)
  const fields = geometryFields(editor, region, isInPixels)
  if (fields.length === 0) return null
  const change = (field: GeometryField, value: number) => {
    const next = changedShape(editor, region, field, value)
    if (next === null) return
    editor.mark('geometry')
    reshape(editor, region.id, next)
  }
  return (
    <fieldset className="pe-geometry" aria-label={t('details.geometry')}>
      {fields.map((field) =>
        field.isFixed ? (
          <span key={field.key} className="pe-geometry__fixed">
            <span className="pe-quiet">{t(`details.fields.${field.key}`, { defaultValue: field.key })}</span>{' '}
            {field.value}
          </span>
        ) : (
          <NumberField
            key={field.key}
            label={t(`details.fields.${field.key}`, { defaultValue: field.key })}
            value={field.value}
            isDisabled={!canChange}
            onChange={(value) => change(field, value)}
          />
        ),
      )}
      {fields.some((field) => field.perUnit !== null) ? (
        <button
          type="button"
          className="pe-link"
          aria-pressed={isInPixels}
          title={t('details.unit')}
          onClick={() => editor.settings.update((now) => ({ ...now, showPixels: !now.showPixels }))}
        >
          {isInPixels ? 'px' : '%'}
        </button>
      ) : null}
    </fieldset>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly isDisabled: boolean
  readonly onChange: (value: number) => void
}

/** Arrow keys step by 1, with Shift by 10, with Alt by 0.1, with both by 0.01. */
function NumberField({ label, value, isDisabled, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    const number = numberOf((draft ?? '').replace(',', '.'))
    if (number !== null && number !== value) onChange(number)
    setDraft(null)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') save()
    else if (event.key === 'Escape') setDraft(null)
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      const step = event.altKey ? (event.shiftKey ? 0.01 : 0.1) : event.shiftKey ? 10 : 1
      onChange(Math.round((value + (event.key === 'ArrowUp' ? step : -step)) * 1e6) / 1e6)
    }
  }
  return (
    <label className="pe-number">
      <span className="pe-quiet">{label}</span>
      <input
        type="text"
        inputMode="decimal"
        className="pe-input pe-input_small"
        value={draft ?? String(Math.round(value * 100) / 100)}
        disabled={isDisabled}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={onKeyDown}
      />
    </label>
  )
}
