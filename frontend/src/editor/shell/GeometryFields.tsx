import { useState } from 'react'
import type { RegionRecord } from '../core/document'
import { numberOf } from '../core/json'
import { isEditable, reshape } from '../core/regionActions'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  rectangle: ['x', 'y', 'width', 'height', 'rotation'],
}
const SHOWN: Readonly<Record<string, readonly string[]>> = { text: ['start', 'end'] }

/** The numbers of a region; those of shapes can be changed, also by arrow keys. */
export function GeometryFields({ region }: { region: RegionRecord }) {
  const t = useText()
  const { editor } = useEditorScope()
  const canChange = useEditor((e) => isEditable(e, region))
  const fields = FIELDS[region.family] ?? []
  const geometry = editor.geometryOf(region)
  const fixed = SHOWN[region.family] ?? []
  if (fields.length + fixed.length === 0) return null
  const change = (field: string, value: number) => {
    const next = editor.codec(region.family)?.decode({ ...geometry, [field]: within(field, value, geometry) })
    if (!next) return
    editor.mark('geometry')
    reshape(editor, region.id, next)
  }
  return (
    <div className="pe-geometry">
      {fields.map((field) => (
        <NumberField
          key={field}
          label={t(`details.${field}`)}
          value={numberOf(geometry[field]) ?? 0}
          isDisabled={!canChange}
          onChange={(value) => change(field, value)}
        />
      ))}
      {fixed.map((field) => (
        <span key={field} className="pe-geometry__fixed">
          <span className="pe-quiet">{t(`details.${field}`)}</span> {numberOf(geometry[field])}
        </span>
      ))}
    </div>
  )
}

function within(field: string, value: number, geometry: Readonly<Record<string, unknown>>): number {
  if (field === 'rotation') return ((value % 360) + 360) % 360
  const room = numberOf(geometry[{ x: 'width', y: 'height', width: 'x', height: 'y' }[field] ?? '']) ?? 0
  const isTurned = (numberOf(geometry.rotation) ?? 0) !== 0
  return Math.min(Math.max(value, 0), isTurned ? 100 : 100 - room)
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
