import { useState } from 'react'
import { setRegionAnswer } from '../core/answers'
import type { RegionRecord } from '../core/document'
import { stringsOf } from '../core/json'
import { answerOf } from '../core/region'
import { isEditable } from '../core/regionActions'
import type { Control } from '../core/taskConfig'
import { appliesToRegion } from '../core/visibility'
import { useEditorScope } from '../tags/EditorContext'

/** Text inputs under a region: TextArea with `displayMode="region-list"`. */
export function RowAnswers({ region }: { region: RegionRecord }) {
  const { editor } = useEditorScope()
  const controls = [...editor.config.controls.values()].filter(
    (control) =>
      control.tag === 'TextArea' &&
      control.isPerRegion &&
      control.node.attrs.displayMode === 'region-list' &&
      appliesToRegion(editor, control, region),
  )
  if (controls.length === 0) return null
  return (
    <div className="pe-row-answers">
      {controls.map((control) => (
        <RowInput key={control.name} region={region} control={control} />
      ))}
    </div>
  )
}

function RowInput({ region, control }: { region: RegionRecord; control: Control }) {
  const { editor } = useEditorScope()
  const answer = answerOf(region, control)
  const stored = stringsOf(answer).join('\n')
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    if (draft !== null && draft !== stored) {
      const text = draft.trim()
      setRegionAnswer(editor, control, region, text === '' ? undefined : [draft])
    }
    setDraft(null)
  }
  return (
    <input
      type="text"
      className="pe-input pe-input_small"
      name={control.name}
      aria-label={control.node.attrs.placeholder || control.name}
      placeholder={control.node.attrs.placeholder || control.name}
      value={draft ?? stored}
      disabled={!isEditable(editor, region)}
      onFocus={() => editor.selection.select([region.id])}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        else if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}
