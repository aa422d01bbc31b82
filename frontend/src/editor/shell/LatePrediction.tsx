import { useEffect, useState } from 'react'
import { keepAnswer, readSuggestions } from '../core/modelAnswers'
import type { PredictionRecord } from '../host'
import { useEditor, useEditorScope } from '../tags/EditorContext'
import { useText } from '../tags/useText'
import { copiedResults, openPrediction } from './openSessions'
import { useShell } from './ShellContext'

/** Offers what a slow model said after the task was opened; nothing changes before the person says so. */
export function LatePrediction() {
  const t = useText()
  const { editor } = useEditorScope()
  const { props } = useShell()
  const [offered, setOffered] = useState<PredictionRecord | null>(null)
  const { watchPredictions, mode = 'quick', fromPrediction = false } = props
  const isNew = useEditor((e) => !e.isReadonly && e.session.info.get().id === null)
  useEffect(
    () =>
      watchPredictions?.((records) => {
        if (mode === 'quick')
          editor.sessions.update((all) => [...all, ...records.map((record) => openPrediction(editor, record))])
        const wanted = records.find((record) => record.model_version === fromPrediction) ?? records[0]
        if (wanted && fromPrediction !== false) setOffered(wanted)
      }),
    [editor, watchPredictions, mode, fromPrediction],
  )
  if (!offered || !isNew) return null
  const use = () => {
    const result = copiedResults(offered.result, 'prediction')
    const { info } = editor.session
    keepAnswer(editor, readSuggestions(editor, result), result)
    info.update((now) => ({ ...now, parentPrediction: now.parentPrediction ?? offered.id }))
    setOffered(null)
  }
  const name = offered.model_version
  return (
    <div className="pe-bar__part pe-model" role="status">
      <span className="pe-model__state">{name ? t('model.late', { name }) : t('model.lateUnnamed')}</span>
      <button type="button" className="pe-button" onClick={() => setOffered(null)}>
        {t('model.lateLeave')}
      </button>
      <button type="button" className="pe-button" onClick={use}>
        {t('model.lateUse')}
      </button>
    </div>
  )
}
